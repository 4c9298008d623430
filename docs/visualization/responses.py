# %% [markdown] lang="ko"
# # 신경망은 무엇에 반응할까요? {#responses}
#
# 이 수업을 마치면
#
# - 특성 맵(feature map)이 가장 크게 반응하는 이미지와 조각을 찾을 수 있고,
# - 이미지를 조금씩 가려 예측이 어디에 기대는지 잴 수 있으며,
# - Grad-CAM을 계산하고, 그 그림을 얼마나 믿어도 되는지 시험할 수 있습니다.
#
# ## 맵이 가장 크게 반응하는 조각 {#strongest}
#
# 둘째 합성곱 층(convolutional layer)의 맵은 한 장만 보아서는 [알아보기 어려웠습니다](feature_maps.py#not-mute). 그래서 거꾸로 묻습니다. 테스트 이미지 1,000장 가운데 **어떤 이미지의 어느 부분**에 이 맵이 가장 크게 반응할까요?
#
# 먼저 이미지마다, 맵마다 최댓값을 구합니다. [함수형 API에서 만든](functional_api.py#on-top) 모델을 다시 씁니다.

# %% [markdown] lang="en"
# # What does the network respond to? {#responses}
#
# After this lesson you can
#
# - find the images, and the patches in them, to which a feature map responds most,
# - cover an image patch by patch and measure what a prediction rests on,
# - compute Grad-CAM, and test how far its picture can be trusted.
#
# ## The patches that excite a map most {#strongest}
#
# A map of the second convolutional layer was [hard to read](feature_maps.py#not-mute) by itself. So we ask the other way round. Of 1,000 test images, **which part of which image** makes a map respond most?
#
# First we need the maximum of each map for each image. We use the model [from the functional API](functional_api.py#on-top) again.

# %%
import keras
import numpy as np

from cnn_guide.fashion_mnist import CLASS_NAMES, load, scale
from cnn_guide.labels import language
from cnn_guide.training import find_or_train

run = find_or_train()
model = keras.models.load_model(run.path / "best-model.keras")
data = load()
test, labels = scale(data.test_images[:1000]), data.test_labels[:1000]
classes = CLASS_NAMES[language()]

pool = keras.layers.GlobalMaxPooling2D()(model.layers[2].output)
peaks = keras.Model(model.inputs, pool).predict(test, verbose=0)
top = np.argsort(-peaks, axis=0)[:100]
counts = np.array([(labels[top] == label).sum(axis=0) for label in range(10)])
counts[:, peaks.max(axis=0) == 0] = 0  # dead maps have no strongest images
print(peaks.shape, counts.shape)

# %% [markdown] lang="ko"
# `counts`에는 맵마다 가장 크게 반응한 100장이 어느 클래스인지 센 수가 있습니다. 한 클래스에 크게 치우친 맵을 네 장 골라, 맵마다 가장 강한 조각 여덟 개를 잘라 봅시다.
#
# 조각은 얼마나 클까요? 둘째 합성곱 층의 값 하나가 보는 [수용 영역](../components/network.py#receptive-field)(receptive field)만큼입니다.

# %% [markdown] lang="en"
# For each map, `counts` tells how many of the 100 images that excite it most belong to each class. Let us pick four maps that lean strongly towards one class, each towards another, and cut out the eight strongest patches for each.
#
# How large is such a patch? As large as the [receptive field](../components/network.py#receptive-field) of one value in the second convolutional layer.

# %%
from cnn_guide.figures import responses_figure
from cnn_guide.inspection import strongest_responses

favourite, share = counts.argmax(axis=0), counts.max(axis=0)
chosen = []
for number in np.argsort(-share):
    if len(chosen) < 4 and favourite[number] not in favourite[chosen]:
        chosen.append(int(number))

found = [strongest_responses(model, test, 2, number, 8) for number in chosen]
patches = np.array([[one.patch[..., 0] for one in row] for row in found])
values = np.array([[one.activation for one in row] for row in found])
print(patches.shape)
responses_figure(patches, values, chosen)

# %% [markdown] lang="ko"
# 한 줄이 맵 하나이고, 조각은 {{ patches.shape[2] }}×{{ patches.shape[3] }}픽셀입니다. 줄마다 조각들이 **서로 닮았습니다**. 맵이 찾는 것은 옷이 아니라 이런 작은 무늬입니다. 알아보기 어렵던 맵이 이제 무엇을 찾는지 보여 줍니다.
#
# 조각이 아니라 이미지 전체를 보면 어떨까요? {{ chosen[0] }}번 맵이 가장 크게 반응한 다섯 장입니다.

# %% [markdown] lang="en"
# Each row is one map, each patch {{ patches.shape[2] }}×{{ patches.shape[3] }} pixels. Within a row the patches are **alike**. What a map looks for is not a garment but a small pattern like these. The maps are no longer mute.
#
# And the whole images? Here are the five that excite map {{ chosen[0] }} most.

# %%
from cnn_guide.figures import gallery_figure

best = [one.image for one in found[0][:5]]
gallery_figure(test[best, :, :, 0], [classes[label] for label in labels[best]])

# %% [markdown] lang="ko"
# ## 맵은 클래스를 찾을까요? {#classes}
#
# {{ chosen[0] }}번 맵을 "{{ classes[favourite[chosen[0]]] }} 맵"이라고 불러도 될까요? 가장 크게 반응한 100장의 클래스를 세어 봅시다. 클래스와 상관없이 반응한다면 클래스마다 10장쯤이어야 합니다.

# %% [markdown] lang="en"
# ## Do maps look for classes? {#classes}
#
# May we call map {{ chosen[0] }} "the map for the class {{ classes[favourite[chosen[0]]] }}"? Let us count the classes of the 100 images that excite it most. If it responded to all classes alike, there would be about 10 of each.

# %%
for number in chosen:
    order = np.argsort(-counts[:, number])[:4]
    said = [f"{classes[label]} {counts[label, number]}" for label in order]
    print(f"map {number}:", ", ".join(said))

# %% [markdown] lang="ko"
# 가장 치우친 {{ chosen[0] }}번 맵에서도 {{ classes[favourite[chosen[0]]] }} 클래스는 100장 가운데 {{ share[chosen[0]] }}장입니다. 나머지 {{ 100 - share[chosen[0]] }}장은 다른 클래스입니다. 맵은 클래스를 찾지 않습니다. 여러 클래스에 나타나는 **무늬**를 찾고, 밀집층(dense layer)이 그 무늬들을 모아 클래스를 정합니다.
#
# !!! warning "이 방법의 한계"
#     가장 큰 반응만 보았습니다. 중간쯤 되는 반응이 무엇인지는 알 수 없습니다. 또 우리가 넣은 이미지 1,000장 안에서만 찾았습니다.
#
# ## 가려 보기 {#occlusion}
#
# 이번에는 맵 하나가 아니라 예측을 봅니다. 이 이미지를 왜 그 클래스라고 했을까요? 가장 솔직한 방법은 **가려 보는 것**입니다. (7, 7) 사각형으로 이미지를 가리고 확률이 얼마나 떨어지는지 잽니다. 사각형을 한 픽셀씩 옮기며 모든 자리에서 되풀이합니다.

# %% [markdown] lang="en"
# Even for map {{ chosen[0] }}, which leans most, the class {{ classes[favourite[chosen[0]]] }} has {{ share[chosen[0]] }} of the 100 images. The other {{ 100 - share[chosen[0]] }} belong to other classes. Maps do not look for classes. They look for **patterns** that occur in several classes, and the dense layers put these patterns together to decide on a class.
#
# !!! warning "The limits of this method"
#     We looked at the largest responses only. What excites a map moderately remains unknown. And we searched only these 1,000 images.
#
# ## Cover and see {#occlusion}
#
# Now we look at a prediction instead of a map. Why does the network give an image a certain class? The most straightforward way to find out is to **cover a part of it**. We cover the image with a (7, 7) square, measure by how much the probability falls, and repeat this with the square in every place, moving it by one pixel each time.

# %%
from cnn_guide.figures import occlusion_figure
from cnn_guide.inspection import occlusion_map

probabilities = run.test_probabilities[:1000]
predicted, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
right = (labels == 8) & (predicted == 8)
fairly_sure = (sure > 0.9) & (sure < 0.995)
which = int((right & fairly_sure).argmax())
image, name = test[which], classes[8]
change = occlusion_map(model, image, label=8, size=7, value=0)
occlusion_figure(image[..., 0], change, name, sure[which])

# %%
row, column = np.unravel_index(change.argmin(), change.shape)
covered = image.copy()
covered[max(row - 3, 0) : row + 4, max(column - 3, 0) : column + 4] = 0
answer = model(covered[np.newaxis]).numpy()[0]
print(f"{classes[answer.argmax()]} {answer.max():.1%}, {name} {answer[8]:.1%}")

# %% [markdown] lang="ko"
# 파란 곳을 가리면 {{ name }}의 확률이 떨어집니다. 네모로 표시한 {{ row }}행 {{ column }}열(0부터 셉니다)을 가운데로 가리면 {{ f"{sure[which]:.1%}" }}가 {{ f"{answer[8]:.1%}" }}가 됩니다. {{ f"예측은 {classes[answer.argmax()]} 클래스로 바뀝니다." if answer.argmax() != 8 else "그래도 예측은 바뀌지 않습니다." }}
#
# 그런데 0으로 가리면 이미지에 **구멍**이 나고, 구멍의 둘레에는 원래 없던 경계가 생깁니다. 신경망이 반응한 것이 사라진 부분일까요, 새로 생긴 경계일까요? 가리는 값을 0에서 1로 바꾸어 봅시다.

# %% [markdown] lang="en"
# Where it is blue, covering lowers the probability of the class {{ name }}. With the middle of the cover at row {{ row }}, column {{ column }} (from 0), marked in the figure, {{ f"{sure[which]:.1%}" }} becomes {{ f"{answer[8]:.1%}" }}. {{ f"The prediction turns into {classes[answer.argmax()]}." if answer.argmax() != 8 else "Even so, the prediction stays." }}
#
# But covering with 0 tears a **hole** into the image, and around the hole there are edges that were not there before. Does the network respond to what is missing, or to the new edges? Let us cover with 1 instead of 0.

# %%
with_ones = occlusion_map(model, image, label=8, size=7, value=1)
small = occlusion_map(model, image, label=8, size=3, value=0)
occlusion_figure(image[..., 0], with_ones, name, sure[which])

# %%
for other in (with_ones, small):
    alike = np.corrcoef(change.ravel(), other.ravel())[0, 1]
    print(f"lowest {other.min():+.2f}, correlation {alike:.2f}")
same_place = np.corrcoef(change.ravel(), with_ones.ravel())[0, 1]

# %% [markdown] lang="ko"
# 같은 이미지인데 지도가 다릅니다. 두 지도의 상관 계수는 {{ f"{same_place:.2f}".replace("-", "−") }}입니다. 1이면 똑같은 지도입니다. 가리는 값은 0으로 두고 크기만 (3, 3)으로 줄여도, {{ f"{change.min():.2f}".replace("-", "−") }}이던 가장 큰 변화가 이번에는 {{ f"{small.min():.2f}".replace("-", "−") }}입니다.
#
# !!! warning "이 방법의 한계"
#     가리는 값과 크기를 정하는 것은 우리입니다. 가린 이미지는 훈련할 때 본 적 없는 이미지이고, 사각형은 새 경계를 만듭니다. 한 가지로만 가려 보고 결론을 내리지 마세요.
#
# ## Grad-CAM {#grad-cam}
#
# 가려 보려면 이미지 한 장에 예측을 수백 번 해야 합니다. **Grad-CAM**은 기울기(gradient)를 써서 한 번에 계산합니다. 생각은 이렇습니다. 특성 맵의 값을 아주 조금 올리면 클래스의 점수가 얼마나 오를까요? 이 기울기를 맵 전체에서 평균하면 그 맵의 중요도 $\alpha_k$가 됩니다.
# 중요도를 곱해 맵을 모두 더하고, 음수는 버립니다.
#
# $$
# \alpha_k = \frac{1}{Z} \sum_{i,j} \frac{\partial y}{\partial A^k_{ij}}, \qquad H = \mathrm{ReLU}\left(\sum_k \alpha_k A^k\right)
# $$
#
# $A^k$는 $k$번 특성 맵, $Z$는 그 맵의 칸 수, $y$는 소프트맥스(softmax)를 지나기 전의 점수입니다. 소프트맥스를 지나면 다른 클래스의 점수가 섞입니다.
#
# Keras 3에서는 모델의 중간에서 다시 시작해, 남은 층을 하나씩 부르며 기울기를 잽니다. 패키지에 있는 그대로입니다. `_in_batches`는 이미지를 나누어 계산할 뿐입니다.

# %% [markdown] lang="en"
# It is the same image, yet the map is different. The correlation of the two is {{ f"{same_place:.2f}".replace("-", "−") }}; at 1 they would be the same. With zeros again and just a smaller square, (3, 3), the largest drop goes from {{ f"{change.min():.2f}".replace("-", "−") }} to {{ f"{small.min():.2f}".replace("-", "−") }}.
#
# !!! warning "The limits of this method"
#     The value and the size of the cover are our choice. A covered image is unlike any seen in training, and the square makes edges of its own. Do not draw conclusions from a single way of covering.
#
# ## Grad-CAM {#grad-cam}
#
# Covering takes hundreds of predictions for one image. **Grad-CAM** needs a single computation, but with slopes. The idea: if a value of a feature map rises very slightly, how much does the score of the class rise for it? That ratio is the slope, and the mean of the slopes over a map is the map's importance, $\alpha_k$.
# Multiply each map by its importance, add them up, and drop what is negative.
#
# $$
# \alpha_k = \frac{1}{Z} \sum_{i,j} \frac{\partial y}{\partial A^k_{ij}}, \qquad H = \mathrm{ReLU}\left(\sum_k \alpha_k A^k\right)
# $$
#
# $A^k$ is feature map number $k$, $Z$ the number of its cells, and $y$ the score before softmax, because softmax would mix in the scores of the other classes.
#
# In Keras 3 we compute the maps, go on from there by calling the remaining layers one by one, and take the slopes. Here is the code as it stands in the package. `_in_batches` only computes the images in portions.

# %% output="python"
import inspect

from cnn_guide.inspection import grad_cam, score_slopes

print(inspect.getsource(score_slopes))
print(inspect.getsource(grad_cam))

# %%
from cnn_guide.figures import grad_cam_figure

heat = grad_cam(model, image, label=8, layer=2)
grad_cam_figure(image[..., 0], heat, name, sure[which])

# %% [markdown] lang="ko"
# 둘째 합성곱 층의 맵이 {{ heat.shape }}이므로 열 지도도 {{ heat.shape }}입니다. 한 칸이 이미지의 2×2픽셀을 덮습니다. 그럴듯한 그림입니다. 그런데 **그럴듯하다고 믿어도 될까요?**
#
# ## 다른 클래스, 훈련하지 않은 신경망 {#sanity}
#
# 믿을 만한 설명이라면 두 가지는 지켜야 합니다. 다른 클래스를 물으면 다른 곳을 가리켜야 하고, 훈련하지 않은 신경망에서는 지금과 다른 그림이 나와야 합니다. 아무것도 배우지 않은 신경망에서 같은 그림이 나온다면, 그것은 신경망이 아니라 이미지를 그린 그림입니다.

# %% [markdown] lang="en"
# The maps of the second convolutional layer are {{ heat.shape }}, so the heat map is, too. One cell covers 2×2 pixels of the image. It looks convincing. But **may we trust it because it looks convincing?**
#
# ## Another class, an untrained network {#sanity}
#
# An explanation worth trusting has to pass two tests. Asked about another class, it must point elsewhere; and for an untrained network, it must give another picture. If a network that has learned nothing gave the same picture, it would be a picture of the image, not of what the network has learned.

# %%
from cnn_guide.figures import heat_maps_figure
from cnn_guide.model import build

keras.utils.set_random_seed(run.manifest["seed"])
untrained = build()
second = int(probabilities[which].argsort()[-2])
heats = [heat]
heats.append(grad_cam(model, image, label=second, layer=2))
heats.append(grad_cam(untrained, image, label=8, layer=2))
words = {"ko": "훈련하지 않은 신경망", "en": "untrained network"}
names = [name, classes[second], words[language()]]
heat_maps_figure(image[..., 0], heats, names)

# %%
_, to_class, to_untrained = np.corrcoef([each.ravel() for each in heats])[0]
print(f"{names[1]} {to_class:.2f}, {names[2]} {to_untrained:.2f}")

# %% [markdown] lang="ko"
# 왼쪽이 앞의 열 지도, 가운데가 두 번째로 확률이 높은 {{ classes[second] }} 클래스의 열 지도입니다. 오른쪽은 훈련하지 않은 신경망의 것입니다. 앞의 열 지도와의 상관 계수는 가운데가 {{ f"{to_class:.2f}".replace("-", "−") }}, 오른쪽이 {{ f"{to_untrained:.2f}".replace("-", "−") }}입니다. 1에 가까우면 시험에 떨어진 것입니다. {{ "이 이미지에서는 둘 다 통과했습니다." if max(to_class, to_untrained) < 0.5 else "이 이미지에서는 통과했다고 말하기 어렵습니다." }}
#
# ## 가리킨 곳이 정말 중요할까요? {#trust}
#
# 더 엄격한 시험이 있습니다. Grad-CAM이 가장 뜨겁다고 한 칸들을 **끕니다**. 둘째 합성곱 층의 출력에서 가장 뜨거운 20칸을 0으로 바꾸고 남은 층을 계산합니다. 이미지가 아니라 특성 맵에서 지우므로 가짜 경계가 생기지 않습니다. 정말 중요한 칸이라면, 켜져 있는 칸 20개를 아무렇게나 끌 때보다 확률이 훨씬 많이 떨어져야 합니다. (맵 64장 가운데 하나라도 0보다 크면 켜져 있는 칸입니다.)
#
# 이미지 한 장이 아니라 500장으로 잽니다. 비교할 것을 셋 더 넣습니다. **엉뚱한 클래스**를 물은 Grad-CAM, 클래스는 묻지 않고 64개 맵의 **활성화 출력의 합이 큰 칸**, 그리고 기울기를 맵 전체에서 평균하지 않고 **자리마다** 곱해 더한 열 지도입니다. 어느 것이 가장 많이 떨어뜨릴까요?

# %% [markdown] lang="en"
# On the left is the heat map from before, in the middle that of the class with the second highest probability, {{ classes[second] }}. On the right is that of the untrained network. Their correlations with the first are {{ f"{to_class:.2f}".replace("-", "−") }} and {{ f"{to_untrained:.2f}".replace("-", "−") }}. If they were close to 1, the tests would be failed. {{ "For this image, both tests are passed." if max(to_class, to_untrained) < 0.5 else "For this image, we can hardly call them passed." }}
#
# ## Are the places it points to really important? {#trust}
#
# There is a stricter test: **switch off** the cells that Grad-CAM calls hottest. In the output of the second convolutional layer we set the 20 hottest cells to 0, and compute the remaining layers. Since we erase in the feature maps and not in the image, no false edges arise. If these cells are important, the probability must fall much more than it does when 20 lit cells are picked at random. (A cell is lit if any of the 64 maps is above 0 there.)
#
# We measure this on 500 images, not on one. There are three rivals: Grad-CAM asked about a **wrong class**; the cells where the **activations of all 64 maps add up to most**, whatever the class; and a heat map that does not average the slopes over a map but multiplies **place by place**. Which will lower the probability most?

# %%
many, target = test[:500], predicted[:500]
rng = np.random.default_rng(0)
wrong = (target + rng.integers(1, 10, 500)) % 10

maps, slopes = score_slopes(model, many, target, layer=2)
_, wrong_slopes = score_slopes(model, many, wrong, layer=2)


def averaged(slopes):  # Grad-CAM, for all images at once
    weights = slopes.mean(axis=(1, 2), keepdims=True)
    return np.maximum((maps * weights).sum(axis=-1), 0)


by_place = np.maximum((maps * slopes).sum(axis=-1), 0)
lit = maps.sum(axis=-1)
anywhere = rng.random(lit.shape) * (lit > 0)


# %%
def drop(heat):
    hottest = np.argsort(-heat.reshape(500, -1))[:, :20]
    values = maps.reshape(500, -1, 64).copy()
    values[np.arange(500)[:, np.newaxis], hottest] = 0
    values = values.reshape(maps.shape)
    for layer in model.layers[3:]:
        values = layer(values)
    return (sure[:500] - values.numpy()[np.arange(500), target]).mean()


rivals = [anywhere, averaged(slopes), averaged(wrong_slopes), lit, by_place]
drops = [drop(rival) for rival in rivals]
print(np.round(drops, 3))

# %% [markdown] lang="ko"
# | 끈 칸 20개 | 확률이 떨어진 정도(평균) |
# | --- | --- |
# | 켜진 칸 가운데 아무것이나 | {{ f"{drops[0]:.3f}" }} |
# | Grad-CAM | {{ f"{drops[1]:.3f}" }} |
# | 엉뚱한 클래스의 Grad-CAM | {{ f"{drops[2]:.3f}" }} |
# | 활성화 출력의 합이 큰 칸 | {{ f"{drops[3]:.3f}" }} |
# | 자리마다 곱하기 | {{ f"{drops[4]:.3f}" }} |
#
# Grad-CAM이 고른 칸을 끄면 확률은 아무렇게나 껐을 때의 {{ f"{drops[1] / drops[0]:.1f}" }}배, 자리마다 곱해 고른 칸을 끄면 {{ f"{drops[4] / drops[0]:.0f}" }}배나 떨어집니다. {{ "게다가 Grad-CAM은 엉뚱한 클래스를 물어도 " + ("더" if drops[2] > drops[1] else "거의 그만큼") + " 떨어뜨립니다." if drops[2] > 0.7 * drops[1] else "그래도 Grad-CAM은 엉뚱한 클래스를 물었을 때보다 많이 떨어뜨립니다." }} {{ "클래스를 묻지 않고 활성화 출력만 더한 것보다도 못합니다." if drops[3] > drops[1] else "활성화 출력만 더한 것보다는 낫습니다." }} 앞의 그림은 그럴듯했지만, {{ "이 신경망에서 Grad-CAM은 중요한 칸을 잘 고르지 못합니다" if drops[1] < drops[4] / 2 else "중요한 칸도 제법 골랐습니다" }}. 왜일까요?
#
# Grad-CAM은 기울기를 맵 전체에서 평균합니다. 이 평균은 [전역 평균 풀링](../components/pooling.py#global)으로 끝나는 신경망에 잘 맞습니다. 그런 신경망에서는 한 맵의 모든 자리가 같은 가중치(weight)로 점수에 들어갑니다. 우리 신경망은 맵을 펼쳐 밀집층에 넣으므로 **자리마다 가중치가 다릅니다**. 같은 맵이라도 위쪽에서는 점수를 올리고 아래쪽에서는 내릴 수 있습니다. 평균하면 이런 차이가 사라집니다. 얼마나 다른지 재 봅시다.

# %% [markdown] lang="en"
# | 20 cells switched off | mean drop of the probability |
# | --- | --- |
# | lit cells picked at random | {{ f"{drops[0]:.3f}" }} |
# | Grad-CAM | {{ f"{drops[1]:.3f}" }} |
# | Grad-CAM of a wrong class | {{ f"{drops[2]:.3f}" }} |
# | largest sum of activations | {{ f"{drops[3]:.3f}" }} |
# | place by place | {{ f"{drops[4]:.3f}" }} |
#
# Switching off the cells that Grad-CAM picks lowers the probability {{ f"{drops[1] / drops[0]:.1f}" }} times as much as cells picked at random, those picked place by place {{ f"{drops[4] / drops[0]:.0f}" }} times as much. {{ "What is more, Grad-CAM lowers it " + ("even more" if drops[2] > drops[1] else "nearly as much") + " when asked about a wrong class." if drops[2] > 0.7 * drops[1] else "Still, Grad-CAM lowers it by much more than when asked about a wrong class." }} {{ "It does worse than merely adding up activations, without asking about any class." if drops[3] > drops[1] else "It does better than merely adding up activations." }} The picture above looked convincing, but {{ "in this network Grad-CAM is not good at picking the cells that matter" if drops[1] < drops[4] / 2 else "it did pick cells that matter" }}. Why?
#
# Grad-CAM averages the slopes over a map. This suits networks that end with [global average pooling](../components/pooling.py#global), where all places of a map enter the score with the same weight. Our network flattens the maps into a dense layer, so **each place has weights of its own**. The same map may raise the score above and lower it below. The average wipes out such differences. Let us see how large they are.

# %%
within = slopes.std(axis=(1, 2)).mean()
spread = within / abs(slopes.mean(axis=(1, 2))).mean()
print(f"spread of the slopes within a map / their mean: {spread:.1f}")

# %% [markdown] lang="ko"
# 한 맵 안에서 기울기가 흩어진 정도가 평균 크기의 {{ f"{spread:.1f}" }}배입니다. 평균 하나로 나타내기에는 {{ "너무 다릅니다" if spread > 1 else "그리 다르지 않습니다" }}. 앞의 이미지에서 두 방법을 나란히 놓아 봅시다.

# %% [markdown] lang="en"
# Within a map, the slopes spread {{ f"{spread:.1f}" }} times as widely as their mean is large. That is {{ "too different" if spread > 1 else "not so different" }} for one mean to stand for all. Here are both methods on the image from before.

# %%
one_map, one_slope = score_slopes(model, image[np.newaxis], [8], layer=2)
local = np.maximum((one_map[0] * one_slope[0]).sum(axis=-1), 0)
words = {"ko": "자리마다 곱하기", "en": "place by place"}
heat_maps_figure(image[..., 0], [heat, local], ["Grad-CAM", words[language()]])

# %% [markdown] lang="ko"
# !!! warning "이 방법의 한계"
#     열 지도의 해상도는 특성 맵의 크기입니다. 색은 그림 안에서만 비교할 수 있는 상대적인 크기입니다. 기울기는 값을 **아주 조금** 바꿀 때의 이야기이고, 음수는 버렸습니다. **그럴듯한 그림은 증거가 아닙니다.** 어떤 설명이든, 가리킨 곳을 끄거나 가려서 시험하세요.
#
# ## Keras와 비교하기 {#check}
#
# 기울기가 맞는지 직접 확인합니다. 특성 맵 한 장의 값을 모두 조금 올리고, 남은 층을 지난 점수가 얼마나 오르는지 잽니다. 그것을 올린 양으로 나누면 그 맵의 기울기를 모두 더한 값이어야 합니다.

# %% [markdown] lang="en"
# !!! warning "The limits of this method"
#     The heat map is only as fine as the feature maps. Its colours are relative and can be compared only within one picture. Slopes speak of a **very small** change of a value, and what is negative was dropped. **A convincing picture is no evidence.** Put any explanation to the test: switch off or cover what it points to.
#
# ## Checked against Keras {#check}
#
# Are the slopes right? Raise all values of one feature map a little, and see by how much the score rises after the remaining layers. Divided by the step, that must be the sum of all slopes of that map.

# %%
weights, bias = [array.astype(float) for array in model.layers[-1].get_weights()]


def score(maps):
    for layer in model.layers[3:-1]:
        maps = layer(maps)
    return (maps.numpy() @ weights + bias)[0, target[0]]


step, errors = 0.01, []
for number in chosen:
    up, down = maps[:1].copy(), maps[:1].copy()
    up[..., number] += step
    down[..., number] -= step
    measured = (score(up) - score(down)) / (2 * step)
    errors.append(abs(measured - slopes[0, ..., number].sum()))
print(f"largest difference {max(errors):.1e}, of slopes around {abs(measured):.1f}")

# %% [markdown] lang="ko"
# 맵 {{ len(chosen) }}장에서 가장 큰 차이가 {{ f"{max(errors):.1e}" }}입니다. 값을 실제로 움직여 잰 것과 기울기가 거의 같습니다. 남는 차이는 반올림과, 조금 올리는 사이에 ReLU가 꺼지거나 켜지는 곳에서 생깁니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(28, 28) 이미지 한 장의 가림 지도를 만들려면 가리지 않은 것까지 예측을 몇 번 해야 하나요? 사각형은 모든 픽셀을 한 번씩 가운데로 삼습니다."
#     `{{ change.size + 1 }}`
#
#     자리가 $28 \times 28$곳이고, 가리지 않은 이미지 한 장을 더합니다.
#
# ??? quiz "Grad-CAM을 둘째 합성곱 층이 아니라 둘째 풀링 층에서 계산하면 열 지도의 모양은 무엇인가요?"
#     `{{ grad_cam(model, image, 8, 3).shape }}`
#
#     열 지도는 그 층의 특성 맵과 크기가 같습니다. 한 칸이 4×4픽셀을 덮게 되어 더 거칩니다.
#
# ??? quiz "기울기가 모두 음수인 맵만 켜져 있다면 Grad-CAM의 열 지도에서 가장 큰 값은 얼마인가요?"
#     `{{ np.maximum(np.array([-0.3, -0.1]) * 0.5, 0).max().astype(int) }}`
#
#     중요도가 음수이므로 합도 음수이고, ReLU가 모두 0으로 바꿉니다. 이 클래스가 아니라는 증거는 그림에 나타나지 않습니다.

# %% [markdown] lang="en"
# For {{ len(chosen) }} maps, the largest difference is {{ f"{max(errors):.1e}" }}. The slopes tell almost exactly what moving the values really does. What remains comes from rounding, and from ReLUs that switch on or off during the small step.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many predictions does it take to cover every place of one (28, 28) image, the uncovered image included? The middle of the square is on each pixel once."
#     `{{ change.size + 1 }}`
#
#     There are $28 \times 28$ places, and one image without cover.
#
# ??? quiz "If Grad-CAM is computed at the second pooling layer instead of the second convolutional layer, what shape is the heat map?"
#     `{{ grad_cam(model, image, 8, 3).shape }}`
#
#     The heat map is as large as the feature maps of the layer. One cell then covers 4×4 pixels, so it is coarser.
#
# ??? quiz "If only maps whose slopes are all negative are lit, what is the largest value in the heat map of Grad-CAM?"
#     `{{ np.maximum(np.array([-0.3, -0.1]) * 0.5, 0).max().astype(int) }}`
#
#     Their importance is negative, so the sum is negative, and ReLU makes it all 0. Evidence against a class does not show in the picture.

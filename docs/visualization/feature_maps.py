# %% [markdown] lang="ko"
# # 특성 맵 {#feature-maps}
#
# 이 수업을 마치면
#
# - 이미지 한 장이 두 합성곱 층(convolutional layer)에서 만드는 특성 맵(feature map)을 모두 그릴 수 있고,
# - 색 눈금이 무엇을 보여 주고 무엇을 숨기는지 말할 수 있으며,
# - 특성 맵의 값 하나를 이미지 조각과 커널(kernel)로 직접 다시 계산할 수 있습니다.
#
# ## 첫 번째 샘플 {#sample}
#
# 훈련 세트(training set)의 첫 이미지를 고릅니다.

# %% [markdown] lang="en"
# # Feature maps {#feature-maps}
#
# After this lesson you can
#
# - draw all feature maps that one image makes in the two convolutional layers,
# - say what a colour scale shows and what it hides,
# - recompute one value of a feature map yourself, from a piece of the image and a kernel.
#
# ## The first sample {#sample}
#
# We take the first image of the training set.

# %% alt_ko="첫 번째 훈련 이미지: {{ name }}, (28, 28) 픽셀." alt_en="The first training image: {{ name }}, (28, 28) pixels."
import keras
import matplotlib.pyplot as plt

from cnn_guide.fashion_mnist import CLASS_NAMES, load
from cnn_guide.labels import language
from cnn_guide.training import find_or_train

run = find_or_train()
model = keras.models.load_model(run.path / "best-model.keras")
data = load()
train_input = data.train_images
name = CLASS_NAMES[language()][data.train_labels[0]]

plt.imshow(train_input[0], cmap="gray_r")
plt.show()

# %% [markdown] lang="ko"
# 이 이미지의 클래스는 {{ name }}입니다. `gray_r`은 0을 흰색으로, 큰 값을 검은색으로 그립니다.
#
# ## 한 장이어도 배치로 {#batch-axis}
#
# 모델은 이미지 **묶음**, 곧 배치(batch)를 받습니다. 한 장만 넣을 때도 맨 앞의 배치 축이 있어야 합니다. `train_input[0]`과 `train_input[0:1]`의 모양은 어떻게 다를까요?

# %% [markdown] lang="en"
# The class of this image is {{ name }}. `gray_r` draws 0 in white and large values in black.
#
# ## A batch, even of one {#batch-axis}
#
# A model takes a **batch** of images. Even a single one needs the batch axis in front. What is the difference in shape between `train_input[0]` and `train_input[0:1]`?

# %%
print(train_input[0].shape, train_input[0:1].shape)
inputs = train_input[0:1].reshape(-1, 28, 28, 1).astype("float32") / 255
print(inputs.shape, inputs.dtype)

# %% [markdown] lang="ko"
# 번호 하나로 꺼내면 축이 사라지고, 범위로 꺼내면 남습니다. 그다음은 [훈련할 때와 똑같이](../classification/data.py#scale) 채널(channel) 축을 더하고 255로 나눕니다. 다르게 처리하면 신경망이 본 적 없는 입력이 됩니다.
#
# ## 첫 층의 특성 맵 32장 {#first-layer}
#
# [앞의 수업](functional_api.py#sub-model)처럼 첫 합성곱 층에서 끝나는 모델을 만들어 이미지를 넣습니다.

# %% [markdown] lang="en"
# A single number drops the axis, a range keeps it. Then, [just as in training](../classification/data.py#scale), we add the channel axis and divide by 255. Prepared in any other way, it would be an input of a kind that the network has never seen.
#
# ## The 32 feature maps of the first layer {#first-layer}
#
# As in the [previous lesson](functional_api.py#sub-model), we make a model that ends at the first convolutional layer, and give it the image.

# %% alt_ko="{{ name }} 이미지가 첫 합성곱 층에서 만든 특성 맵 32장, 4행 8열." alt_en="The 32 feature maps that the image of class {{ name }} makes in the first convolutional layer, in 4 rows of 8."
conv_acti = keras.Model(model.inputs, model.layers[0].output)
feature_maps = conv_acti.predict(inputs, verbose=0)

fig, axs = plt.subplots(4, 8, figsize=(15, 8))
for i in range(4):
    for j in range(8):
        axs[i, j].imshow(feature_maps[0, :, :, i * 8 + j])
        axs[i, j].axis("off")
plt.show()

# %% [markdown] lang="ko"
# 필터(filter) 32개가 같은 이미지에서 서로 다른 곳에 반응했습니다. 밝은 곳이 **활성화 출력**(activation)이 큰 곳입니다. 활성화 출력은 곱해서 더한 값이 활성화 함수(activation function) ReLU를 지난 값입니다.
#
# 어떤 맵은 윤곽만, 어떤 맵은 안쪽만 밝습니다. 그런데 이 그림만 보고 **가장 강하게 반응한 필터**를 고를 수 있을까요?
#
# ## 눈금이 숨기는 것 {#scale}
#
# 고를 수 없습니다. `imshow`는 그림마다 가장 작은 값을 가장 어둡게, 가장 큰 값을 가장 밝게 칠합니다. 약한 맵도 강한 맵만큼 밝아집니다. 모든 맵에 같은 눈금을 쓰면 어떻게 달라질까요?

# %% [markdown] lang="en"
# The 32 filters respond to different places of the same image. Where a map is bright, the **activation** is large. An activation is a sum of products, with the bias added, after it has passed through the activation function, ReLU.
#
# Some maps are bright along the outline, others inside. But can you tell from this picture **which filter responds most strongly**?
#
# ## What a scale hides {#scale}
#
# You cannot. `imshow` paints the smallest value of each picture darkest and the largest brightest, so a weak map becomes as bright as a strong one. What changes if all maps share one scale?

# %%
from cnn_guide.figures import feature_maps_figure

first = feature_maps[0]
feature_maps_figure(first, scale="shared")

# %%
peaks = first.max(axis=(0, 1))
weakest, strongest = peaks.argmin(), peaks.argmax()
dim = (peaks < peaks.max() / 2).sum()
for number in (strongest, weakest):
    print(f"map {number}: {peaks[number]:.3f}")
print("maps below half of the largest value:", dim)

# %% [markdown] lang="ko"
# 가장 강한 맵은 {{ strongest }}번이고 최댓값은 {{ f"{peaks[strongest]:.2f}" }}입니다. 가장 약한 {{ weakest }}번 맵의 최댓값은 {{ f"{peaks[weakest]:.2f}" }}입니다. 앞의 그림에서는 둘이 똑같이 밝았습니다.
#
# 같은 눈금에도 숨는 것이 있습니다. 최댓값이 절반에 못 미치는 맵 {{ dim }}장은 어두워서 무늬가 잘 보이지 않습니다. 그러니 **무늬를 볼 때는 맵마다, 세기를 비교할 때는 같은 눈금으로** 그립니다. 이번에는 맵마다 0부터 자기 최댓값까지의 눈금으로 그립니다.

# %% [markdown] lang="en"
# The strongest is map {{ strongest }}, with a maximum of {{ f"{peaks[strongest]:.2f}" }}. The maximum of the weakest, map {{ weakest }}, is {{ f"{peaks[weakest]:.2f}" }}. In the picture above, both are equally bright.
#
# A shared scale hides things, too. The {{ dim }} maps whose maximum is less than half of the largest are so dark that their pattern is hard to see. So draw **each map on its own scale to see patterns, and all maps on one scale to compare strengths**. Now each map is drawn from 0 to its own maximum.

# %%
feature_maps_figure(first, scale="each")

# %% [markdown] lang="ko"
# ## 커널과 특성 맵을 나란히 {#kernel-and-map}
#
# 커널을 보면 맵을 짐작할 수 있을까요? 옷의 안쪽처럼 픽셀 값이 $v$로 고른 곳에서는 아홉 픽셀이 모두 $v$이므로, 곱해서 더한 값이 이렇게 간단해집니다.
#
# $$
# v \times \sum w + b
# $$
#
# 그러니 **가중치(weight)의 합**이 중요합니다. 합이 크면 안쪽 전체가 밝아집니다. 합이 음수이면 안쪽은 ReLU에서 0이 되고 경계나 바탕만 남습니다. 합이 가장 큰 커널과 가장 작은 커널, 그리고 위아래와 좌우의 차이가 가장 큰 커널을 골라 봅시다.

# %% [markdown] lang="en"
# ## Kernel and map side by side {#kernel-and-map}
#
# Does a kernel tell what its map will look like? Where the pixel values are an even $v$, as inside a garment, all nine pixels are $v$, and the sum of products becomes as simple as this.
#
# $$
# v \times \sum w + b
# $$
#
# So the **sum of the weights** matters. If it is large, the whole inside is bright. If it is clearly negative, ReLU makes the inside 0, and only edges or background are left. Let us pick the kernel with the largest sum, the one with the smallest, and those that differ most from top to bottom and from left to right.

# %%
import numpy as np

from cnn_guide.figures import kernel_and_map_figure

weights, bias = model.layers[0].get_weights()
kernels = weights[:, :, 0]
sums = kernels.sum(axis=(0, 1))
picked = [sums.argmax(), sums.argmin()]
for lines in (kernels.sum(axis=1), kernels.sum(axis=0)):  # rows, then columns
    contrast = abs(lines[0] - lines[2])
    contrast[picked] = 0
    picked.append(contrast.argmax())
image = inputs[0, :, :, 0]
kernel_and_map_figure(image, kernels[..., picked], first[..., picked], picked)

# %%
lit = (first[image > 0.25] > 0.05).mean(axis=0)
for number in picked:
    print(f"kernel {number}: sum {sums[number]:+.2f}, lit {lit[number]:.0%}")

# %% [markdown] lang="ko"
# {{ picked[0] }}번 커널은 가중치의 합이 {{ f"{sums[picked[0]]:.2f}" }}이고, 이미지에서 값이 0.25보다 큰 픽셀의 {{ f"{lit[picked[0]]:.0%}" }}에서 켜졌습니다(맵의 값이 0.05를 넘었습니다). {{ picked[1] }}번 커널은 합이 {{ f"{sums[picked[1]]:.2f}".replace("-", "−") }}이고 {{ f"{lit[picked[1]]:.0%}" }}에서만 켜졌습니다. 나머지 둘은 한쪽 경계에서 가장 밝습니다. 커널의 파란 칸에는 값이 작은 픽셀이, 붉은 칸에는 값이 큰 픽셀이 놓이는 자리입니다.
#
# ## 픽셀 하나를 손으로 {#traced-pixel}
#
# 이 값이 정말 우리가 배운 그 계산일까요? 가장 강한 맵 {{ strongest }}에서 가장 밝은 픽셀을 골라, 이미지 조각과 커널과 절편(bias)만으로 다시 계산합니다. 신경망은 쓰지 않습니다.

# %% [markdown] lang="en"
# The weights of kernel {{ picked[0] }} add up to {{ f"{sums[picked[0]]:.2f}" }}, and its map is lit (above 0.05) on {{ f"{lit[picked[0]]:.0%}" }} of the image's pixels above 0.25. Those of kernel {{ picked[1] }} add up to {{ f"{sums[picked[1]]:.2f}".replace("-", "−") }}, and its map is lit on only {{ f"{lit[picked[1]]:.0%}" }} of them. The other two are brightest along one kind of edge: where small pixel values meet the kernel's blue cells and large ones its red cells.
#
# ## One pixel by hand {#traced-pixel}
#
# Is such a value really what we learned to compute? Take the brightest pixel of the strongest map, {{ strongest }}, and rebuild it from nothing but a piece of the image, a kernel and a bias. The network is not used.

# %%
row, column = np.unravel_index(first[..., strongest].argmax(), (28, 28))
patch = np.pad(image, 1)[row : row + 3, column : column + 3]
products = patch * kernels[..., strongest]
total = products.sum() + bias[strongest]
rebuilt = max(total, 0)
print(np.round(products, 3) + 0.0)  # + 0.0 turns -0 into 0
print(f"{products.sum():.6f} + {bias[strongest]:.6f} = {total:.6f}")

# %%
from cnn_guide.figures import traced_pixel_figure

computed = first[row, column, strongest]
traced_pixel_figure(patch, kernels[..., strongest], bias[strongest], computed)

# %% [markdown] lang="ko"
# {{ row }}행 {{ column }}열입니다(0부터 셉니다). 세임 패딩(same padding)이므로 둘레에 0을 한 줄 두르고 (3, 3) 조각을 잘랐습니다. 곱 아홉 개를 더하고 절편을 더하니 {{ f"{total:.4f}" }}이고, {{ "양수이므로 ReLU는 그대로 둡니다" if total > 0 else "음수이므로 ReLU가 0으로 바꿉니다" }}. Keras의 값과 다른 정도는 {{ f"{abs(rebuilt - computed):.0e}" }}입니다.
#
# 특성 맵은 신비로운 것이 아닙니다. 이 곱셈과 덧셈을 자리마다, 필터마다 되풀이한 {{ f"{first.size:,}" }}개의 숫자입니다.
#
# ## 둘째 층의 특성 맵 64장 {#second-layer}
#
# 같은 방법으로 둘째 합성곱 층을 봅니다. 풀링(pooling)을 지났으므로 맵의 크기는 절반입니다.

# %% [markdown] lang="en"
# The pixel is in row {{ row }}, column {{ column }}, counted from 0. With same padding, a ring of zeros goes around the image before the (3, 3) piece is cut out. The nine products and the bias add up to {{ f"{total:.4f}" }}; {{ "that is positive, so ReLU leaves it as it is" if total > 0 else "that is negative, so ReLU makes it 0" }}. The value of Keras differs from it by {{ f"{abs(rebuilt - computed):.0e}" }}.
#
# There is no mystery about feature maps. They are this multiplying and adding, at every place and for every filter: {{ f"{first.size:,}" }} numbers.
#
# ## The 64 feature maps of the second layer {#second-layer}
#
# In the same way we look at the second convolutional layer. After pooling, the maps are half the size.

# %% alt_ko="{{ name }} 이미지가 둘째 합성곱 층에서 만든 특성 맵 64장, 8행 8열." alt_en="The 64 feature maps that the image of class {{ name }} makes in the second convolutional layer, in 8 rows of 8."
conv2_acti = keras.Model(model.inputs, model.layers[2].output)
feature_maps = conv2_acti.predict(inputs, verbose=0)
print(feature_maps.shape)

fig, axs = plt.subplots(8, 8, figsize=(12, 12))
for i in range(8):
    for j in range(8):
        axs[i, j].imshow(feature_maps[0, :, :, i * 8 + j])
        axs[i, j].axis("off")
plt.show()

# %% [markdown] lang="ko"
# 첫 층보다 거칠고, 무엇을 찾는지 알아보기 어렵습니다. 한 가지는 눈에 띕니다. 한 가지 색뿐인 맵이 있습니다. 왜 그럴까요?
#
# ## 꺼진 맵과 죽은 채널 {#dead}
#
# 모든 자리에서 합이 0 이하이면 ReLU를 지난 맵은 전부 0입니다. 두 경우를 구분해야 합니다. **이 이미지에서만** 0이면 찾는 무늬가 없다는 뜻입니다. **어떤 이미지에서도** 0이면 그 채널은 아무 일도 하지 않습니다. 죽은 채널이라고 부릅니다.
#
# 테스트 세트(test set) 전체를 넣어 셉니다. [맵마다 최댓값만 남기는 모델](functional_api.py#on-top)을 쓰면 메모리가 적게 듭니다.

# %% [markdown] lang="en"
# They are coarser than those of the first layer, and it is hard to tell what they look for. One thing stands out: some maps have a single colour. Why?
#
# ## Silent maps and dead channels {#dead}
#
# If the sum is 0 or less at every place, ReLU leaves a map of zeros. There are two cases to tell apart. Zero **for this image only** means that what the map looks for is not there. Zero **for every image** means that the channel does nothing at all. Such a channel is called dead.
#
# We count over the whole test set. A model that [keeps only the maximum of each map](functional_api.py#on-top) needs little memory.

# %%
from cnn_guide.fashion_mnist import scale

test = scale(data.test_images)


def highest(network):
    outputs = [network.layers[n].output for n in (0, 2)]
    pools = [keras.layers.GlobalMaxPooling2D()(maps) for maps in outputs]
    peaks = keras.Model(network.inputs, pools)
    found = peaks.predict(test, batch_size=250, verbose=0)
    return [values.max(axis=0) for values in found]


second = feature_maps[0]
silent = second.max(axis=(0, 1)) == 0
first_dead, dead = [peaks == 0 for peaks in highest(model)]
print("zero for this image:", np.flatnonzero(silent))
print("zero for every image:", np.flatnonzero(dead))

# %%
feature_maps_figure(second, scale="each", dead=dead)

# %% [markdown] lang="ko"
# 둘째 층의 맵 {{ len(dead) }}장 가운데 {{ silent.sum() }}장이 이 이미지에서 0이고, 그중 {{ dead.sum() }}장은 테스트 이미지 {{ f"{len(test):,}" }}장 모두에서 0입니다. 첫 층의 죽은 채널은 {{ first_dead.sum() }}개입니다. 그림에서 ×표를 한 것이 죽은 채널입니다.
#
# 죽은 채널은 처음부터 죽어 있었을까요? 훈련이 출발한 [바로 그 가중치](kernels.py#untrained)로 확인할 수 있습니다.

# %% [markdown] lang="en"
# Of the {{ len(dead) }} maps of the second layer, {{ silent.sum() }} are zero for this image, and {{ dead.sum() }} of them for all {{ f"{len(test):,}" }} test images. Dead channels in the first layer: {{ first_dead.sum() }}. In the figure, the dead are marked ×.
#
# Were the dead channels dead from the start? The [very weights from which training started](kernels.py#untrained) can tell.

# %%
from cnn_guide.model import build

keras.utils.set_random_seed(run.manifest["seed"])
_, at_start = highest(build())
alive_before = (at_start[dead] > 0).sum()
print("dead at the start:", (at_start == 0).sum())
print("of the dead, alive at the start:", alive_before)

# %% [markdown] lang="ko"
# 죽은 채널 {{ dead.sum() }}개 가운데 {{ alive_before }}개는 출발할 때 살아 있었습니다. 훈련하다가 어느 순간 모든 이미지에서 합이 0 이하로 내려간 것입니다. 그다음에는 **스스로 돌아오지 못합니다.** ReLU의 출력이 0인 곳에서는 기울기도 0이라, 그 필터의 가중치를 고칠 신호가 오지 않기 때문입니다. 앞 층이 바뀌어야만 다시 켜질 수 있습니다.
#
# 크게 해롭지는 않습니다. 밀집층(dense layer)이 나머지 맵으로 답을 냅니다. 다만 필터 하나의 가중치를 쓰지 않는 셈입니다.
#
# ## 알아보기 어려워도 알려 주는 것은 있습니다 {#not-mute}
#
# 둘째 층의 맵은 픽셀이 아니라 첫 층의 특성 맵 32장을 읽습니다. 한 자리의 값이 경계 여러 개의 조합에서 나오므로, 이미지 한 장만 보고 무엇을 찾는지 말하기는 어렵습니다. 그래서 질문을 바꿉니다. "이 이미지에서 이 맵이 어디에 반응했나?"가 아니라
# "**이 맵은 어떤 이미지에 가장 크게 반응하나?**"라고 물으면 답이 나옵니다. [다음 수업](responses.py#responses)에서 해 봅니다.
#
# ## 브라우저에서 움직여 보기 {#live}
#
# 이 페이지의 신경망을 여러분의 브라우저에서 계산합니다. 이미지를 고르거나 직접 그리고, 일부를 가리면서 특성 맵이 바뀌는 것을 보세요. 맵의 픽셀을 누르면 그 값이 어떻게 계산되었는지 나옵니다.
#
# <div class="cnn-live"></div>
#
# ## Keras와 비교하기 {#check}
#
# 픽셀 하나가 아니라 두 층을 통째로 다시 계산합니다. 우리가 만든 `conv2d`와 `max_pool2d`만 씁니다.

# %% [markdown] lang="en"
# Of {{ dead.sum() }} dead channels, {{ alive_before }} were alive at the start. At some moment of training, their sum fell to 0 or less for every image. From then on, they **cannot come back by themselves**: where ReLU gives 0, its slope is 0 as well, and no signal reaches the weights of that filter to change them. Only a change in the layer before could wake them.
#
# It does little harm: the dense layers answer from the other maps. The weights of that filter are simply not put to use.
#
# ## Hard to read, but not mute {#not-mute}
#
# The maps of the second layer do not read pixels but the 32 feature maps of the first. A value comes from a combination of several edges, so a single image hardly tells what a map looks for. So we turn the question around. Instead of where this map responds in this image, we ask
# "**which images make this map respond most?**" That question has an answer, in the [next lesson](responses.py#responses).
#
# ## Try it in the browser {#live}
#
# The network of this page is computed in your browser. Choose an image or draw one, cover parts of it, and watch the feature maps change. Select a pixel of a map to see how its value is computed.
#
# <div class="cnn-live"></div>
#
# ## Checked against Keras {#check}
#
# Now we recompute not just one pixel but both layers as a whole, with nothing but our own `conv2d` and `max_pool2d`.

# %%
from cnn_guide import conv2d, max_pool2d

ours = np.maximum(conv2d(inputs, weights, bias, padding="same"), 0)
deeper, deeper_bias = model.layers[2].get_weights()
sums = conv2d(max_pool2d(ours), deeper, deeper_bias, padding="same")
ours_second = np.maximum(sums, 0)
differences = abs(ours[0] - first).max(), abs(ours_second[0] - second).max()
print(f"largest difference {differences[0]:.1e} and {differences[1]:.1e}")

# %% [markdown] lang="ko"
# 값 {{ f"{first.size:,}" }}개와 {{ f"{second.size:,}" }}개에서 가장 큰 차이가 {{ f"{max(differences):.1e}" }}입니다. float32의 반올림 오차일 뿐입니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "이미지 20장을 `conv2_acti`에 넣으면 출력의 모양은 무엇인가요?"
#     `{{ (20, *second.shape) }}`
#
#     배치의 크기가 맨 앞에 옵니다. 풀링을 한 번 지났으므로 높이와 너비는 14입니다.
#
# ??? quiz "이미지의 왼쪽 위 모서리는 바탕이라 모두 0입니다. 절편이 {{ f'{bias.max():.4f}' }}인 필터의 맵은 그 자리에서 얼마인가요?"
#     `{{ f"{first[0, 0, bias.argmax()]:.4f}" }}`
#
#     곱은 모두 0이고 절편만 남습니다. 절편이 양수이므로 ReLU도 그대로 둡니다. 그래서 절편이 양수인 맵은 바탕이 0이 아닙니다.
#
# ??? quiz "곱의 합이 {{ f'{-0.75:.2f}'.replace('-', '−') }}이고 절편이 0.25이면 활성화 출력은 얼마인가요?"
#     `{{ max(-0.75 + 0.25, 0) }}`
#
#     $-0.75 + 0.25 = -0.5$이고, ReLU는 음수를 0으로 바꿉니다.

# %% [markdown] lang="en"
# Over {{ f"{first.size:,}" }} and {{ f"{second.size:,}" }} values, the largest difference is {{ f"{max(differences):.1e}" }}: rounding in float32, nothing more.
#
# ## Exercises {#exercises}
#
# ??? quiz "Give 20 images to `conv2_acti`. What shape is the output?"
#     `{{ (20, *second.shape) }}`
#
#     The size of the batch comes first. After one pooling, height and width are 14.
#
# ??? quiz "The top left corner of the image is background, all zeros. What does the map of a filter with bias {{ f'{bias.max():.4f}' }} hold there?"
#     `{{ f"{first[0, 0, bias.argmax()]:.4f}" }}`
#
#     All products are 0, and only the bias is left. It is positive, so ReLU leaves it. That is why the background of a map with a positive bias is not 0.
#
# ??? quiz "If the products add up to {{ f'{-0.75:.2f}'.replace('-', '−') }} and the bias is 0.25, what is the activation?"
#     `{{ max(-0.75 + 0.25, 0) }}`
#
#     $-0.75 + 0.25 = -0.5$, and ReLU turns negative values into 0.

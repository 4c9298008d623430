# %% [markdown] lang="ko"
# # 커널과 가중치 {#kernels}
#
# 이 수업을 마치면
#
# - 훈련한 모델에서 가중치(weight)를 꺼내 히스토그램과 그림으로 볼 수 있고,
# - 훈련하기 전의 가중치가 어떤 범위에서 뽑히는지 계산할 수 있으며,
# - 훈련이 무엇을 바꾸었는지 숫자로 말할 수 있습니다.
#
# ## 훈련한 모델 불러오기 {#load}
#
# [경계를 찾는 커널](../components/convolution.py#edges)(kernel)은 우리가 손으로 만들었습니다. 합성곱 신경망(convolutional neural network)은 커널을 스스로 찾습니다.
# 무엇을 찾았는지 보려면 먼저 [훈련](../classification/training.py#callbacks)할 때 체크포인트(checkpoint)로 저장한 모델을 불러옵니다.
#
# [모델을 만들 때](../classification/model.py#build) `add`를 아홉 번 불렀습니다. 첫 번째는 `keras.Input`이었지요. `model.layers`에는 층이 몇 개 들어 있을까요?

# %% [markdown] lang="en"
# # Kernels and weights {#kernels}
#
# After this lesson you can
#
# - take the weights out of a trained model and look at them as a histogram and as pictures,
# - work out the range from which weights are drawn before training,
# - say in numbers what training changed.
#
# ## Loading the trained model {#load}
#
# The [kernels that find edges](../components/convolution.py#edges) were made by hand. A convolutional neural network finds its kernels by itself.
# To see what it found, we first load the model that the checkpoint saved during [training](../classification/training.py#callbacks).
#
# When we [built the model](../classification/model.py#build), we called `add` nine times, first of all for `keras.Input`. How many layers are in `model.layers`?

# %%
import keras

from cnn_guide.training import find_or_train

run = find_or_train()
model = keras.models.load_model(run.path / "best-model.keras")
model.layers

# %% [markdown] lang="ko"
# {{ len(model.layers) }}개입니다. `keras.Input`은 들어올 배열의 모양만 정할 뿐 계산하지 않으므로 층으로 세지 않습니다. `model.layers`는 층을 차례대로 담은 파이썬 리스트이고,
# `model.layers[0]`처럼 번호로 층을 하나씩 꺼냅니다.
#
# !!! note "저장한 이름과 불러오는 이름"
#     직접 훈련했다면 `keras.models.load_model("best-model.keras")`라고 씁니다. 저장할 때와 다른 이름을 적으면, 폴더에 남아 있던 **예전 모델**을 보게 될 수도 있습니다.
#     이 강의는 훈련부터 시각화까지 파일 하나만 씁니다. 검증 정확도(accuracy)가 {{ f"{run.val_accuracy:.1%}" }}인 바로 그 모델입니다.
#
# ## 첫 층의 가중치 {#weights}
#
# 첫 번째 합성곱 층(convolutional layer)은 채널(channel)이 하나인 이미지에 (3, 3) 필터(filter) 32개를 적용합니다. 가중치 배열의 모양을 [먼저 적어 보세요](../components/channels.py#layer).

# %% [markdown] lang="en"
# {{ len(model.layers) }}. `keras.Input` only says what shape of array will come in; it computes nothing and does not count as a layer. `model.layers` is a Python list of the layers in their order,
# and `model.layers[0]` takes one out by its number.
#
# !!! note "The name saved and the name loaded"
#     After a training of your own, write `keras.models.load_model("best-model.keras")`. If you write another name than the one it was saved under, you may be looking at an **older model** left in the folder.
#     This course uses a single file from training to visualisation: the very model whose validation accuracy is {{ f"{run.val_accuracy:.1%}" }}.
#
# ## The weights of the first layer {#weights}
#
# The first convolutional layer applies 32 filters of (3, 3) to an image with one channel. [Write down](../components/channels.py#layer) what shape its array of weights must have.

# %%
conv = model.layers[0]
print(conv.weights[0].shape, conv.weights[1].shape)

# %% [markdown] lang="ko"
# `weights[0]`이 가중치이고 순서는 (커널 높이, 커널 너비, 채널, 필터)입니다. `weights[1]`은 필터마다 하나씩 있는 절편(bias)입니다. NumPy 배열로 바꾸어 평균과 표준 편차를 구합니다.

# %% [markdown] lang="en"
# `weights[0]` holds the weights, in the order (kernel height, kernel width, channels, filters). `weights[1]` holds the biases, one for each filter. Turned into a NumPy array, the weights give us their mean and standard deviation.

# %%
conv_weights = conv.weights[0].numpy()
print(conv_weights.mean(), conv_weights.std())

# %% alt_ko="첫 층의 가중치 {{ conv_weights.size }}개의 히스토그램. 0 근처에 가장 많고, 가장 작은 값은 {{ f'{conv_weights.min():.2f}'.replace('-', '−') }}, 가장 큰 값은 {{ f'{conv_weights.max():.2f}' }}입니다." alt_en="Histogram of the {{ conv_weights.size }} weights of the first layer. Most lie near 0; the smallest is {{ f'{conv_weights.min():.2f}'.replace('-', '−') }}, the largest {{ f'{conv_weights.max():.2f}' }}."
import matplotlib.pyplot as plt

plt.hist(conv_weights.reshape(-1, 1))
plt.xlabel("weight")
plt.ylabel("count")
plt.show()

# %% [markdown] lang="ko"
# 0 근처에 많이 모여 있고, 0에서 멀어질수록 드뭅니다. 이번에는 커널 하나하나를 (3, 3) 그림으로 봅시다.

# %% [markdown] lang="en"
# Many weights lie near 0, and there are ever fewer farther away from it. Now we draw each kernel as a (3, 3) picture.

# %% alt_ko="첫 층의 커널 32개를 두 줄로 늘어놓은 (3, 3) 그림. 색 눈금은 −0.5에서 0.5까지입니다." alt_en="The 32 kernels of the first layer as (3, 3) pictures in two rows, coloured from −0.5 to 0.5."
fig, axs = plt.subplots(2, 16, figsize=(15, 2))
for i in range(2):
    for j in range(16):
        axs[i, j].imshow(conv_weights[:, :, 0, i * 16 + j], vmin=-0.5, vmax=0.5)
        axs[i, j].axis("off")
plt.show()

# %% [markdown] lang="ko"
# 밝은 칸은 큰 가중치, 어두운 칸은 작은 가중치입니다. 그런데 이 그림에서 **0이 어떤 색인지** 찾을 수 있나요? 어느 칸이 음수인지도 알기 어렵습니다.
# 0을 흰색, 양수를 빨간색, 음수를 파란색으로 바꾸고 번호와 색 막대를 붙이면 이렇게 됩니다.

# %% [markdown] lang="en"
# Bright cells are large weights, dark cells small ones. But can you tell **which colour is 0**? It is hard to see which weights are negative.
# With 0 in white, positive weights in red, negative ones in blue, numbers and a colour bar, it looks like this.

# %%
from cnn_guide.figures import kernel_grid_figure

kernel_grid_figure(conv_weights, scale=0.5, columns=8)

# %%
flat = conv_weights.reshape(9, 32)  # one column for each kernel
mixed = (flat.max(axis=0) > 0) & (flat.min(axis=0) < 0)
beyond = abs(conv_weights) > 0.5
print(mixed.sum(), beyond.sum())

# %% [markdown] lang="ko"
# 커널 {{ conv_weights.shape[-1] }}개 가운데 {{ mixed.sum() }}개에 양수와 음수가 함께 들어 있습니다. 한쪽은 더하고 다른 쪽은 빼므로, 이웃한 픽셀의 **차이**를 잽니다. 빨간색과 파란색이 위아래로 나뉜 커널은 가로 경계에,
# 좌우로 나뉜 커널은 세로 경계에 크게 반응합니다. 우리가 손으로 만든 커널과 같은 생각입니다. 다만 훈련은 그 값을 데이터에서 찾았습니다.
#
# ## 왜 모두 같은 눈금일까요? {#one-scale}
#
# 위의 그림은 모두 −0.5에서 0.5까지의 눈금 하나를 씁니다. `vmin`과 `vmax`를 빼면 `imshow`는 그림마다 가장 작은 값과 가장 큰 값에 눈금을 맞춥니다. 가중치가 가장 작은 커널과 가장 큰 커널을 두 방법으로 그려 봅시다.

# %% [markdown] lang="en"
# {{ mixed.sum() }} of the {{ conv_weights.shape[-1] }} kernels hold positive and negative weights. They add one side and subtract the other: they measure the **difference** between neighbouring pixels. A kernel that is red above and blue below, or the
# other way round, responds strongly to horizontal edges; one that differs from left to right, to vertical edges. This is the idea of the kernels that we made by hand, except that training found the values from the data.
#
# ## Why one scale for all? {#one-scale}
#
# All the pictures above share one scale, from −0.5 to 0.5. Without `vmin` and `vmax`, `imshow` fits the scale to the smallest and the largest value of each picture. Let us draw the kernel with the smallest weights, regardless of sign, and the one with the largest in both ways.

# %% alt_ko="가중치가 가장 작은 {{ weak }}번 커널과 가장 큰 {{ strong }}번 커널. 왼쪽 둘은 눈금이 따로이고 오른쪽 둘은 눈금이 같습니다." alt_en="Kernel {{ weak }}, with the smallest weights, and kernel {{ strong }}, with the largest: two pictures with a scale each, then two with a shared one."
largest = abs(flat).max(axis=0)
weak, strong = largest.argmin(), largest.argmax()
fig, axs = plt.subplots(1, 4, figsize=(8, 2.4))
for ax, kernel, scale in zip(axs, [weak, strong] * 2, [None, None, 0.5, 0.5]):
    low = -scale if scale else None
    picture = conv_weights[:, :, 0, kernel]
    ax.imshow(picture, cmap="RdBu_r", vmin=low, vmax=scale)
    ax.set_title(f"{kernel}: {'shared' if scale else 'own'} scale")
    ax.axis("off")
plt.show()

# %% [markdown] lang="ko"
# 눈금을 따로 쓰면 두 커널이 똑같이 강해 보입니다. 실제로 가장 큰 가중치의 크기는 {{ weak }}번 커널이 {{ f"{largest[weak]:.2f}" }}, {{ strong }}번 커널이 {{ f"{largest[strong]:.2f}" }}입니다. {{ f"{largest[strong] / largest[weak]:.1f}" }}배나 차이가 납니다.
# 0의 색도 그림마다 달라집니다. **서로 비교할 그림은 눈금이 같아야 합니다.** 대신 눈금 밖의 값은 모두 가장 진한 색이 됩니다. 여기서는 가중치 {{ beyond.sum() }}개가 ±0.5를 벗어납니다.
#
# ## 훈련하지 않은 신경망은? {#untrained}
#
# 똑같은 신경망을 만들기만 하고 훈련하지 않으면 가중치는 어떤 값일까요? 모두 0일까요? 히스토그램은 어떤 모양일까요?
#
# 훈련할 때와 같은 시드로 만들겠습니다. 그러면 아무 신경망이 아니라, **이 모델의 훈련이 출발한 바로 그 가중치**를 얻습니다.

# %% [markdown] lang="en"
# On scales of their own, both kernels look equally strong. In fact the largest weight, regardless of its sign, is {{ f"{largest[weak]:.2f}" }} in kernel {{ weak }} and {{ f"{largest[strong]:.2f}" }} in kernel {{ strong }}, {{ f"{largest[strong] / largest[weak]:.1f}" }} times as large.
# The colour of 0 changes from picture to picture, too. **Pictures to be compared need one scale.** The price: all values beyond the scale get its darkest colour. Here, {{ beyond.sum() }} weights lie beyond ±0.5.
#
# ## And in an untrained network? {#untrained}
#
# Build the same network and do not train it: what are its weights? All 0? What does their histogram look like?
#
# We build it with the seed that training used. So this is not just any network: these are **the very weights from which the training of our model started**.

# %%
from cnn_guide.model import build

keras.utils.set_random_seed(run.manifest["seed"])
untrained = build()
start = untrained.layers[0].weights[0].numpy()
print(start.mean(), start.std())

# %% [markdown] lang="ko"
# 0은 아닙니다. 모두 같은 값이면 필터 32개가 똑같은 것을 배우게 됩니다. 그래서 가중치의 첫 값은 무작위로 뽑습니다. 이것을 **초기화**(initialisation)라고 합니다.
# Keras는 `Conv2D`와 `Dense`의 가중치를 $-L$과 $L$ 사이의 **균등 분포**(uniform distribution)에서 뽑습니다. 범위 안의 모든 값이 똑같이 나올 수 있는 분포입니다. 글로럿(Glorot) 초기화라고 부르며, 한계 $L$은 연결의 수로 정합니다.
#
# $$
# L = \sqrt{\frac{6}{n_{\mathrm{in}} + n_{\mathrm{out}}}}, \qquad \sigma = \frac{L}{\sqrt{3}}
# $$
#
# $n_{\mathrm{in}}$은 출력값 하나가 읽는 입력의 수, $n_{\mathrm{out}}$은 입력값 하나가 닿는 출력의 수입니다. $\sigma$는 그런 균등 분포의 표준 편차입니다. 많은 수를 더하면 합이 커지므로, 연결이 많을수록 가중치를 작게 뽑습니다. 그래야 층을 지나도 값이 불어나거나 사라지지 않습니다.
#
# (3, 3) 필터 32개, 채널 하나인 첫 층에서는 두 수가 얼마일까요?

# %% [markdown] lang="en"
# They are not 0. If all 32 filters started with the same weights, all would learn the same. So the first values of the weights are drawn at random. This is called **initialisation**.
# For `Conv2D` and `Dense`, Keras draws weights from the **uniform distribution** between $-L$ and $L$, in which every value of the range is equally likely. It is known as Glorot initialisation, and the limit $L$ follows from the number of connections.
#
# $$
# L = \sqrt{\frac{6}{n_{\mathrm{in}} + n_{\mathrm{out}}}}, \qquad \sigma = \frac{L}{\sqrt{3}}
# $$
#
# $n_{\mathrm{in}}$ is how many inputs one output value reads, $n_{\mathrm{out}}$ how many outputs one input value reaches, and $\sigma$ the standard deviation of such a uniform distribution. A sum of many numbers becomes large; so the more connections there are, the smaller the weights. That keeps values from growing or fading from layer to layer.
#
# What are the two numbers in the first layer, with 32 filters of (3, 3) and one channel?

# %%
import numpy as np

fan_in, fan_out = 3 * 3 * 1, 3 * 3 * 32
limit = np.sqrt(6 / (fan_in + fan_out))
print(f"limit {limit:.4f}, standard deviation {limit / np.sqrt(3):.4f}")
print(f"drawn {abs(start).max():.4f}, standard deviation {start.std():.4f}")

# %% [markdown] lang="ko"
# 출력값 하나는 픽셀 {{ fan_in }}개를 읽고, 픽셀 하나는 창 아홉 곳에서 필터 32개에 읽히므로 {{ fan_out }}곳에 닿습니다. 한계는 {{ f"{limit:.4f}" }}입니다. 뽑은 값 가운데 가장 큰 {{ f"{abs(start).max():.4f}" }}도 한계 안에 있습니다. 표준 편차도 공식과 거의 같습니다.
# 이제 훈련 전과 후를 한 축에 놓습니다.

# %% [markdown] lang="en"
# One output value reads {{ fan_in }} pixels; one pixel is read in nine windows by 32 filters, so it reaches {{ fan_out }} outputs. The limit is {{ f"{limit:.4f}" }}, and the largest weight drawn, {{ f"{abs(start).max():.4f}" }}, lies within it. The standard deviation is nearly that of the formula.
# Now we draw the weights before and after training on the same axis.

# %%
from cnn_guide.figures import weights_histogram_figure

weights_histogram_figure(conv_weights, start, limit)

# %% [markdown] lang="ko"
# 훈련하기 전의 가중치는 두 한계 사이에 **고르게** 퍼져 있습니다. 가운데가 솟지도, 한계를 넘지도 않습니다. 커널의 그림도 같은 눈금으로 보면 밋밋합니다.

# %% [markdown] lang="en"
# Before training, the weights are spread **evenly** between the two limits. There is no peak in the middle, and nothing beyond. On the same scale, the pictures of the kernels are pale, too.

# %%
kernel_grid_figure(start, scale=0.5, columns=8)

# %% [markdown] lang="ko"
# ## 훈련이 바꾼 것 {#changed}
#
# 출발한 값을 알고 있으니 빼 보면 됩니다. 훈련은 커널을 처음부터 새로 그렸을까요, 아니면 있던 것을 고쳤을까요?

# %% [markdown] lang="en"
# ## What training changed {#changed}
#
# We know where the weights started, so we can subtract. Did training make new kernels from scratch, or did it rework those that were there?

# %%
change = conv_weights - start
outside = abs(conv_weights) > limit
alike = np.corrcoef(start.ravel(), conv_weights.ravel())[0, 1]
print(f"spread {start.std():.4f} -> {conv_weights.std():.4f}")
print(f"outside the limit {outside.sum()} of {outside.size}")
print(f"correlation of before and after {alike:.2f}")

# %%
from cnn_guide.figures import kernel_change_figure

moved = np.sqrt((change**2).sum(axis=(0, 1, 2)))
order = moved.argsort()
numbers = [*order[-4:][::-1], *order[:2]]
before, after = start[..., numbers], conv_weights[..., numbers]
kernel_change_figure(before, after, numbers, scale=0.5)

# %% [markdown] lang="ko"
# 왼쪽 네 개는 가장 많이 변한 커널, 오른쪽 두 개는 가장 적게 변한 커널입니다.
#
# - 표준 편차가 {{ f"{conv_weights.std() / start.std():.1f}" }}배가 되었습니다. 가중치 {{ outside.size }}개 가운데 {{ outside.sum() }}개({{ f"{outside.mean():.0%}" }})가 처음의 범위 $\pm L$을 벗어났습니다.
# - 훈련 전과 후의 상관 계수는 {{ f"{alike:.2f}" }}입니다. 1에 가까울수록 무늬가 그대로이고, 0이면 아무 관계가 없습니다. 훈련은 새로 그리기보다 **무작위로 뽑은 무늬를 고쳐서** 썼습니다.
# - 절편은 모두 0에서 출발했습니다. 지금은 {{ f"{conv.weights[1].numpy().min():.2f}".replace("-", "−") }}에서 {{ f"{conv.weights[1].numpy().max():.2f}" }} 사이에 있습니다.
#
# 시드가 다르면 출발한 무늬가 다르므로, 훈련한 뒤의 커널도 다릅니다. 그래도 [정확도](../classification/training.py#why-different)는 비슷합니다. 커널 하나의 모양에 너무 큰 뜻을 두지 마세요.
#
# ## 둘째 층의 커널은 왜 그리지 않을까요? {#second-layer}
#
# 둘째 합성곱 층의 커널을 모두 그린다면 (3, 3) 그림이 몇 장 필요할까요?

# %% [markdown] lang="en"
# The four on the left are the kernels that changed most, the two on the right those that changed least.
#
# - The standard deviation is {{ f"{conv_weights.std() / start.std():.1f}" }} times what it was. Of {{ outside.size }} weights, {{ outside.sum() }} ({{ f"{outside.mean():.0%}" }}) have left the initial range $\pm L$.
# - The correlation of before and after is {{ f"{alike:.2f}" }}. At 1 the patterns would be the same, at 0 they would have nothing in common. Training did not start afresh so much as **rework the patterns drawn at random**.
# - The biases all started at 0. Now they lie between {{ f"{conv.weights[1].numpy().min():.2f}".replace("-", "−") }} and {{ f"{conv.weights[1].numpy().max():.2f}" }}.
#
# Another seed starts from other patterns, and ends with other kernels. Yet the [accuracy](../classification/training.py#why-different) is similar. Do not read too much into the shape of a single kernel.
#
# ## Why not draw the kernels of the second layer? {#second-layer}
#
# How many (3, 3) pictures would it take to draw all kernels of the second convolutional layer?

# %%
second = model.layers[2].weights[0].numpy()
print(second.shape, second.shape[2] * second.shape[3])

# %% [markdown] lang="ko"
# 둘째 합성곱 층은 채널이 {{ second.shape[2] }}개인 특성 맵(feature map)을 읽습니다. 그래서 커널 하나가 (3, 3)짜리 {{ second.shape[2] }}장이고, 모두 {{ f"{second.shape[2] * second.shape[3]:,}" }}장입니다. 그려도 알아볼 수 없습니다. 더구나 그 입력은 픽셀이 아니라
# 첫 층의 특성 맵이라, 한 장만 떼어 보아서는 무엇을 찾는지 말할 수 없습니다.
#
# 그래서 깊은 층은 커널 대신 **커널이 만든 것**을 봅니다. 모델의 중간 출력을 꺼내는 방법이 다음 수업의 [함수형 API](functional_api.py#functional-api)(functional API)입니다.
#
# ## Keras와 비교하기 {#check}
#
# 한계의 공식이 정말 Keras의 것과 같은지, 더 많은 가중치를 뽑아 확인합니다. 뽑은 값 가운데 가장 큰 것은 한계를 넘지 않으면서 한계에 아주 가까워야 합니다.

# %% [markdown] lang="en"
# The second convolutional layer reads feature maps with {{ second.shape[2] }} channels. So one of its kernels is {{ second.shape[2] }} sheets of (3, 3), and there are {{ f"{second.shape[2] * second.shape[3]:,}" }} in all: too many to make out anything. Besides, what they read is not pixels
# but the feature maps of the first layer, so a single sheet does not tell what it looks for.
#
# That is why, in deeper layers, we look at **what kernels make** and not at the kernels. How to get at the outputs in the middle of a model is the next lesson: the [functional API](functional_api.py#functional-api).
#
# ## Checked against Keras {#check}
#
# Is our formula of the limit the one that Keras uses? We draw weights for three layers to see. The largest weight must not exceed the limit, yet come very near to it.

# %%
from cnn_guide.inspection import glorot_limit

for shape in [(3, 3, 1, 32), (3, 3, 32, 64), (5, 5, 16, 8)]:
    *window, channels, filters = shape
    bound = glorot_limit(np.prod(window) * channels, np.prod(window) * filters)
    drawn = keras.initializers.GlorotUniform(seed=1)(shape).numpy()
    print(f"{shape!s:15} limit {bound:.4f}   largest weight {abs(drawn).max():.4f}")

# %% [markdown] lang="ko"
# 세 층 모두 공식과 맞습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "첫 층의 커널 32개에 들어 있는 가중치는 절편을 빼고 몇 개인가요?"
#     `{{ conv_weights.size }}`
#
#     $3 \times 3 \times 1 \times 32$입니다. 위의 히스토그램은 이 수를 막대에 나누어 담은 것입니다.
#
# ??? quiz "둘째 합성곱 층은 채널 32개를 읽고 (3, 3) 필터가 64개입니다. 초기화의 한계는 얼마인가요? (소수점 아래 넷째 자리까지)"
#     `{{ f"{glorot_limit(3 * 3 * 32, 3 * 3 * 64):.4f}" }}`
#
#     $\sqrt{6 / (288 + 576)}$입니다. 연결이 더 많으니 첫 층의 {{ f"{limit:.4f}" }}보다 작습니다.
#
# ??? quiz "균등 분포의 한계가 0.3이면 표준 편차는 얼마인가요? (소수점 아래 둘째 자리까지)"
#     `{{ f"{0.3 / np.sqrt(3):.2f}" }}`
#
#     한계를 $\sqrt{3}$으로 나눕니다.

# %% [markdown] lang="en"
# All three agree with the formula.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many weights are in the 32 kernels of the first layer, biases not counted?"
#     `{{ conv_weights.size }}`
#
#     $3 \times 3 \times 1 \times 32$. The bars of the histogram above add up to this.
#
# ??? quiz "The second convolutional layer reads 32 channels and has 64 filters of (3, 3). What is the limit of its initialisation? (four decimals)"
#     `{{ f"{glorot_limit(3 * 3 * 32, 3 * 3 * 64):.4f}" }}`
#
#     $\sqrt{6 / (288 + 576)}$. There are more connections, so it is smaller than the {{ f"{limit:.4f}" }} of the first layer.
#
# ??? quiz "If the limit of a uniform distribution is 0.3, what is its standard deviation? (two decimals)"
#     `{{ f"{0.3 / np.sqrt(3):.2f}" }}`
#
#     Divide the limit by $\sqrt{3}$.

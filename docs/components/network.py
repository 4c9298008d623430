# %% [markdown] lang="ko"
# # 합성곱 신경망의 구조 {#network}
#
# 이 수업을 마치면
#
# - 합성곱 신경망(convolutional neural network)에 들어간 이미지가 예측이 될 때까지 모든 배열을 직접 계산할 수 있고,
# - 활성화 함수(activation function)가 왜 필요한지 숫자로 보일 수 있으며,
# - 출력값 하나가 입력을 얼마나 넓게 보는지 구할 수 있습니다.
#
# ## 처음부터 끝까지 {#overview}
#
# 이제 부품을 모두 갖추었습니다. [패딩](padding.py#padding)(padding), [합성곱 층](channels.py#layer)(convolutional layer), [풀링](pooling.py#pooling)(pooling), [밀집층](dense.py#dense-layer)(dense layer)을 이어서
# 가장 작은 합성곱 신경망을 만듭니다. (4, 4) 이미지를 받아 세 클래스 가운데 하나를 고르는 신경망입니다.
#
# 그림을 보기 전에 적어 보세요. (3, 3) 필터(filter) 세 개와 세임 패딩(same padding), (2, 2) 최대 풀링(max pooling)을 지나면 크기는 어떻게 변할까요?
# 마지막 밀집층의 입력은 몇 개일까요?

# %% [markdown] lang="en"
# # How a convolutional neural network is built {#network}
#
# After this lesson you can
#
# - compute every array of a convolutional neural network yourself, from the image to the prediction,
# - show in numbers why an activation function is needed,
# - work out how much of the input one output value sees.
#
# ## From beginning to end {#overview}
#
# Now we have all the parts. We join [padding](padding.py#padding), a [convolutional layer](channels.py#layer), [pooling](pooling.py#pooling) and a [dense layer](dense.py#dense-layer)
# into a very small convolutional neural network. It takes a (4, 4) image and chooses one of three classes.
#
# Write down your answers before you look at the figure. Three (3, 3) filters with same padding, then (2, 2) max pooling: how do the sizes change?
# How many inputs does the dense layer at the end have?

# %%
from cnn_guide import conv_parameters, dense_parameters
from cnn_guide.figures import network_figure

conv_count = conv_parameters(3, channels=1, filters=3)
dense_count = dense_parameters(12, 3)
network_figure(
    [
        ("input", (4, 4, 1)),
        ("padding", (6, 6, 1)),
        ("conv", (4, 4, 3), "(3, 3), ReLU", conv_count),
        ("max_pool", (2, 2, 3), "(2, 2)"),
        ("flatten", (12,)),
        ("dense", (3,), "softmax", dense_count),
    ]
)

# %% [markdown] lang="ko"
# 패딩에서 잠깐 커졌다가, 높이와 너비는 줄고 채널(channel)은 늘어납니다. 그리고 마지막에 한 줄로 펼쳐집니다. 가중치(weight)와 절편(bias)은 모두 {{ conv_count + dense_count }}개입니다.
# 이제 왼쪽부터 하나씩 계산합니다.
#
# ## 1단계: 패딩 {#pad}
#
# 둘레에 0을 한 줄 두르면 (4, 4)가 (6, 6)이 됩니다. 그래야 (3, 3) 필터를 지난 뒤에도 (4, 4)가 남습니다.

# %% [markdown] lang="en"
# Padding makes the image larger for a moment; then height and width shrink, the channels increase, and in the end everything is laid out in one line. There are {{ conv_count + dense_count }} weights and biases in all.
# Now we compute it step by step, from the left.
#
# ## Step 1: padding {#pad}
#
# A ring of zeros turns (4, 4) into (6, 6), so that (4, 4) is left after a (3, 3) filter.

# %%
import numpy as np

from cnn_guide import conv2d, max_pool2d, pad2d, padding_amounts
from cnn_guide.figures import padding_figure

image = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
amounts = padding_amounts(image.shape, kernel=3, padding="same")
padded = pad2d(image, amounts)
padding_figure(image, amounts)

# %% [markdown] lang="ko"
# ## 2단계: 합성곱 층과 풀링 층 {#convolve}
#
# 필터가 셋입니다. 첫째는 왼쪽 값이 큰 세로 경계, 둘째는 위쪽 값이 큰 가로 경계, 셋째는 둘레보다 값이 큰 점에 크게 반응합니다.
# 훈련하면 이런 가중치를 신경망이 스스로 찾습니다. 여기서는 손으로 따라갈 수 있도록 우리가 정했습니다.

# %% [markdown] lang="en"
# ## Step 2: a convolutional layer and a pooling layer {#convolve}
#
# There are three filters. The first responds strongly to vertical edges with larger values on the left, the second to horizontal edges with larger values above, the third
# to points larger than their surroundings. By training, a network finds such weights by itself. Here we choose them, so that you can follow by hand.

# %%
from cnn_guide.figures import layer_figure

vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
horizontal = vertical.T
point = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
kernels = np.stack([vertical, horizontal, point], axis=-1)[:, :, np.newaxis]
bias = np.array([1, 0, -2])

maps = conv2d(padded[..., np.newaxis], kernels, bias)
active = np.maximum(maps, 0)
pooled = max_pool2d(active, 2)
layer_figure(image[..., np.newaxis], kernels, bias, padding="same", pool_size=2)

# %% [markdown] lang="ko"
# 가로줄 하나가 필터 하나입니다. 왼쪽부터 커널(kernel), 곱을 더하고 절편을 더한 특성 맵(feature map), ReLU를 지난 맵, 풀링한 맵입니다.
#
# - 합성곱 층은 (4, 4) 특성 맵을 세 장 만듭니다. 쌓으면 {{ maps.shape }}입니다.
# - ReLU는 음수 {{ (maps < 0).sum() }}개를 0으로 바꿉니다. "찾는 모양이 여기에는 없다"는 뜻만 남깁니다.
# - 풀링 층(pooling layer)은 맵마다 (2, 2) 창에서 가장 큰 값을 남깁니다. 맵의 수는 그대로이고 크기만 {{ pooled.shape }}으로 줄어듭니다.
#
# ## 3단계: 한 줄로 펼치기 {#flatten}
#
# 밀집층은 한 줄로 된 입력을 받습니다. 그래서 {{ pooled.shape }} 배열을 {{ pooled.size }}개의 숫자로 펼칩니다. 어떤 순서로 펼쳐질까요?
# 맵 1이 먼저 다 나올까요?

# %% [markdown] lang="en"
# Each row is one filter. From the left: the kernel, the feature map (the sums of products plus the bias), the map after ReLU, the pooled map.
#
# - The convolutional layer makes three (4, 4) feature maps, stacked into {{ maps.shape }}.
# - ReLU turns {{ (maps < 0).sum() }} negative numbers into 0. All that is left of them is "the pattern is not here".
# - The pooling layer keeps the largest value of each (2, 2) window, map by map. There are as many maps as before, only smaller: {{ pooled.shape }}.
#
# ## Step 3: flatten {#flatten}
#
# A dense layer takes its input as one line. So the {{ pooled.shape }} array is flattened to {{ pooled.size }} numbers. In which order?
# Does all of map 1 come first?

# %%
from cnn_guide.figures import arrays_figure

flat = pooled.reshape(-1)
arrays_figure([("max_pool", pooled), ("flatten", flat)])

# %% [markdown] lang="ko"
# 아닙니다. 채널이 마지막 축이므로 **같은 자리의 세 채널이 나란히** 놓입니다. 처음 세 값 {{ flat[0] }}, {{ flat[1] }}, {{ flat[2] }}이 세 맵의 왼쪽 위 값입니다.
# Keras의 `Flatten`도 이 순서입니다. 값은 하나도 바뀌지 않고 모양만 바뀝니다.
#
# ## 4단계: 밀집층과 예측 {#prediction}
#
# 클래스가 셋이므로 뉴런도 셋입니다. 뉴런마다 입력 {{ flat.size }}개에 곱할 가중치와 절편 하나가 있습니다. 곱해서 더한 점수를
# [소프트맥스](../classification/model.py#softmax)(softmax)가 확률로 바꿉니다. 가중치는 작은 수를 무작위로 골랐습니다. 훈련하지 않았으니 예측에는 아직 아무 뜻이 없습니다.

# %% [markdown] lang="en"
# No. Channels are the last axis, so **the three channels of one place stand side by side**. The first three values, {{ flat[0] }}, {{ flat[1] }} and {{ flat[2] }}, are the top left values of the three maps.
# `Flatten` of Keras uses the same order. No value changes, only the shape.
#
# ## Step 4: dense layer and prediction {#prediction}
#
# Three classes need three neurons. Each has a weight for every one of the {{ flat.size }} inputs, and a bias. [Softmax](../classification/model.py#softmax) turns the
# sums of products into probabilities. The weights are small random numbers. Nothing was trained, so the prediction has no meaning.

# %%
from cnn_guide.figures import dense_figure

dense_weights = np.random.default_rng(2).integers(-2, 3, size=(12, 3)) / 20
dense_bias = np.array([0.5, 0, -0.5])

scores = flat @ dense_weights + dense_bias
odds = np.exp(scores)
probabilities = odds / odds.sum()
dense_figure(flat, dense_weights, dense_bias)

# %% [markdown] lang="ko"
# 확률이 가장 큰 것은 뉴런 {{ probabilities.argmax() + 1 }}의 {{ f"{probabilities.max():.1%}" }}입니다. 이것이 신경망의 예측입니다. 여기까지가 전부입니다.
# 훨씬 큰 신경망도 이 네 단계를 더 많은 숫자로 할 뿐입니다.
#
# ## 활성화 함수는 왜 필요할까요? {#activation}
#
# 합성곱 층을 두 번 이어 쌓았다고 합시다. 가운데에 ReLU가 없다면 무엇이 달라질까요?
#
# 앞의 (6, 6) 배열에 세로 경계 커널을 적용하고, 그 결과에 가로 경계 커널을 한 번 더 적용해 보겠습니다. (3, 3) 커널 두 개를 지나면 (2, 2)가 남습니다.
# 그런데 똑같은 결과를 내는 **(5, 5) 커널 하나**가 있습니다. 어떻게 찾을까요?
#
# 첫 커널을 $a$, 둘째 커널을 $b$라고 하고 한 줄에서만 생각해 봅시다. 출력 $y_i$는 입력 $x$를 이렇게 읽습니다.
#
# $$
# y_i = \sum_m b_m \sum_n a_n\, x_{i + m + n}
# $$
#
# $x_{i + c}$에 곱해지는 수를 모두 모으면 $\sum_n a_n\, b_{c - n}$입니다. $b$의 번호가 거꾸로 갑니다.
# 그러니 첫 커널의 둘레에 0을 두르고, **뒤집은** 둘째 커널로 합성곱(convolution)하면 됩니다.

# %% [markdown] lang="en"
# The largest probability is that of neuron {{ probabilities.argmax() + 1 }}, {{ f"{probabilities.max():.1%}" }}. This is the network's prediction, and there is no more to it.
# Much larger networks take the same four steps, with more numbers.
#
# ## Why is an activation function needed? {#activation}
#
# Stack two convolutional layers. What would be different without ReLU between them?
#
# Take the (6, 6) array from above, apply the kernel for vertical edges, and to the result the one for horizontal edges. Two (3, 3) kernels leave (2, 2).
# But there is **one (5, 5) kernel** that gives just the same. How do we find it?
#
# Call the first kernel $a$ and the second $b$, and think of one row only. The output $y_i$ reads the input $x$ like this.
#
# $$
# y_i = \sum_m b_m \sum_n a_n\, x_{i + m + n}
# $$
#
# All the numbers that $x_{i + c}$ is multiplied by add up to $\sum_n a_n\, b_{c - n}$. The index of $b$ runs backwards.
# So put zeros around the first kernel, and convolve it with the second kernel **flipped**.

# %%
from cnn_guide.figures import convolution_figure

around = ((2, 2), (2, 2))
flipped = horizontal[::-1, ::-1]
combined = conv2d(vertical, flipped, padding=around)
convolution_figure(vertical, flipped, at=(0, 0), padding=around)

# %% [markdown] lang="ko"
# 그림에서는 첫 커널이 입력 자리에, 뒤집은 둘째 커널이 커널 자리에 놓였습니다. 출력이 우리가 찾던 (5, 5) 커널입니다. 확인해 봅시다.

# %% [markdown] lang="en"
# In the figure the first kernel stands where the input is, and the flipped second one where the kernel is. The output is the (5, 5) kernel that we are looking for. Let us see.

# %%
two_layers = conv2d(conv2d(padded, vertical), horizontal)
one_layer = conv2d(padded, combined)
print(two_layers.tolist(), one_layer.tolist())

# %% [markdown] lang="ko"
# {{ "모든 값이 같습니다" if (two_layers == one_layer).all() else "값이 다릅니다" }}. ReLU 없이 층을 쌓으면 몇 겹이든 **합성곱 하나로 접힙니다**. 절편이 있어도 마찬가지입니다. 절편 하나로 합쳐질 뿐입니다.
# (층마다 패딩을 다시 붙이면 가장자리에서는 어긋납니다.) 여러 층을 쌓은 보람이 없지요.
#
# 이제 가운데에 ReLU를 넣습니다. 혹시 이번에도 같은 일을 하는 커널 하나가 있을까요? 절편이 없는 합성곱이라면, 입력의 부호를 모두 바꾸었을 때
# 출력의 부호도 바뀌어야 합니다. 두 출력을 더하면 0이어야 하지요.

# %% [markdown] lang="en"
# {{ "All values are the same" if (two_layers == one_layer).all() else "The values differ" }}. Without ReLU, any number of layers **folds into one convolution**. Biases do not change that; they merge into one bias.
# (If each layer pads its input again, this holds away from the border.) Nothing is gained by stacking.
#
# Now put ReLU between them. Might one kernel still do the same? A convolution without bias must change the sign of its output
# when all signs of the input change. Added up, the outputs before and after must be 0.


# %%
def with_relu(x):
    return conv2d(np.maximum(conv2d(x, vertical), 0), horizontal)


without = conv2d(padded, combined) + conv2d(-padded, combined)
relu_sum = with_relu(padded) + with_relu(-padded)
print("without ReLU", without.tolist())
print("with ReLU   ", relu_sum.tolist())

# %% [markdown] lang="ko"
# ReLU가 있으면 합이 0이 아닙니다. 절편이 있는 합성곱이라면 이 합이 모든 자리에서 절편의 두 배로 같아야 하는데, 자리마다 다르기까지 합니다.
# 그러니 이런 계산을 하는 커널 하나는 **어떤 가중치로도 만들 수 없습니다.** 층을 쌓아서 새로운 것을 표현하려면
# 층 사이에 직선이 아닌(비선형) 함수가 있어야 합니다. 그 일을 하는 함수를 **활성화 함수**라고 합니다. 가장 흔한 것이 ReLU입니다.
#
# $$
# \mathrm{ReLU}(x) = \max(x,\ 0)
# $$
#
# !!! note "최대 풀링도 비선형입니다"
#     최댓값을 고르는 일도 덧셈과 곱셈만으로는 할 수 없습니다. 그래서 층 사이에 최대 풀링이 있으면 ReLU가 없어도 완전히 접히지는 않습니다.
#     평균 풀링(average pooling)은 곱하고 더하기만 하므로 함께 접힙니다.
#
# ## 중간 단계는 되풀이할 수 있습니다 {#repeat}
#
# 합성곱과 풀링은 (높이, 너비, 채널)을 받아 (높이, 너비, 채널)을 내놓습니다. 그러니 출력을 다시 합성곱 층에 넣을 수 있습니다.
# 이 강의에서 [훈련할 신경망](../classification/model.py)은 이 단계를 두 번 거칩니다. (28, 28) 이미지는 어떤 모양이 되어 밀집층에 닿을까요?

# %% [markdown] lang="en"
# With ReLU the sum is not 0. For a convolution with a bias it would have to be twice the bias at every place, but it differs from place to place.
# So **no weights whatever** give one kernel that does the same. For a stack of layers to express anything new, there must be a nonlinear function
# between them, one that is not a straight line. Such a function is called an **activation function**. ReLU is the most common.
#
# $$
# \mathrm{ReLU}(x) = \max(x,\ 0)
# $$
#
# !!! note "Max pooling is not linear either"
#     Picking the largest value cannot be done by adding and multiplying alone. With max pooling between them, layers do not fold completely even without ReLU.
#     Average pooling only multiplies and adds, so it folds with the rest.
#
# ## Stages can repeat {#repeat}
#
# Convolution and pooling take (height, width, channels) and give (height, width, channels). So their output can go into another convolutional layer.
# The [network we train](../classification/model.py) in this course goes through this stage twice. In what shape does a (28, 28) image reach the dense layer?

# %%
from cnn_guide import output_size

size, channels = 28, 1
stages = [("input", (size, size, channels))]
for filters in (32, 64):
    parameters = conv_parameters(3, channels, filters)
    channels = filters
    stages.append(("conv", (size, size, channels), "(3, 3), ReLU", parameters))
    size = output_size(size, kernel=2, stride=2)
    stages.append(("max_pool", (size, size, channels), "(2, 2)"))
stages.append(("flatten", (size * size * channels,)))
network_figure(stages)

# %% [markdown] lang="ko"
# 한 단계를 지날 때마다 높이와 너비는 절반이 되고 채널은 늘어납니다. 어디에 있는지는 조금씩 흐려지고, 무엇이 있는지는 더 다양하게 나타냅니다. 밀집층에는 {{ f"{size * size * channels:,}" }}개의 값이 닿습니다.
#
# ## 한 칸은 입력을 얼마나 볼까요? {#receptive-field}
#
# 출력값 하나에 영향을 줄 수 있는 입력의 범위를 **수용 영역**(receptive field)이라고 합니다. (3, 3) 합성곱을 한 번 지난 값은 3×3만큼 봅니다.
# 그 위에 (2, 2) 풀링, 다시 (3, 3) 합성곱과 (2, 2) 풀링을 쌓으면 얼마나 넓어질까요? $3 + 2 + 3 + 2$는 아닙니다.
#
# 층마다 두 가지를 기억하면 됩니다. 한 칸이 보는 폭 $r$, 그리고 이웃한 두 칸이 입력에서 떨어진 거리 $j$입니다.
# 크기가 $k$인 창(window)은 이웃한 $k$칸을 읽고, 그 첫 칸과 마지막 칸은 입력에서 $(k - 1)\,j$만큼 떨어져 있습니다. 스트라이드(stride)가 $s$이면 거리는 $s$배가 됩니다.
#
# $$
# r_{\mathrm{out}} = r_{\mathrm{in}} + (k - 1)\, j_{\mathrm{in}}, \qquad j_{\mathrm{out}} = j_{\mathrm{in}} \times s
# $$
#
# 입력에서는 $r = 1$, $j = 1$로 시작합니다. 네 층을 손으로 먼저 계산해 보세요.

# %% [markdown] lang="en"
# With each stage, height and width are halved and the channels increase. The maps tell less and less exactly where something is, but distinguish more kinds of patterns. {{ f"{size * size * channels:,}" }} values reach the dense layer.
#
# ## How much of the input does one cell see? {#receptive-field}
#
# The part of the input that can affect one output value is its **receptive field**. After one (3, 3) convolution, a value sees 3×3.
# Stack (2, 2) pooling on it, then another (3, 3) convolution and (2, 2) pooling: how wide does it become? It is not $3 + 2 + 3 + 2$.
#
# For each layer, keep two numbers in mind: the width $r$ that one cell sees, and the distance $j$, measured in the input, between two neighbouring cells.
# A window of size $k$ reads $k$ neighbours, and the first and the last of them lie $(k - 1)\,j$ apart in the input. A stride of $s$ makes the distance $s$ times as large.
#
# $$
# r_{\mathrm{out}} = r_{\mathrm{in}} + (k - 1)\, j_{\mathrm{in}}, \qquad j_{\mathrm{out}} = j_{\mathrm{in}} \times s
# $$
#
# At the input, $r = 1$ and $j = 1$. Work out the four layers by hand first.

# %%
layers = [("conv", 3, 1), ("max_pool", 2, 2)] * 2
field, jump = 1, 1
fields = []
for name, kernel, stride in layers:
    field += (kernel - 1) * jump
    jump *= stride
    fields.append(field)
    print(f"{name:8} {kernel}  stride {stride}  r = {field:2}  j = {jump}")

# %%
from cnn_guide.figures import receptive_field_figure

receptive_field_figure(layers)

# %% [markdown] lang="ko"
# 둘째 풀링의 한 칸은 가로세로 {{ field }}칸을 봅니다. 둘째 합성곱의 커널도 (3, 3)뿐이지만, 커널이 읽는 한 칸 한 칸이 이미 입력의 가로세로 {{ fields[1] }}칸을 본 값이기 때문입니다.
# 작은 커널을 쌓아도 넓게 볼 수 있는 까닭입니다.
#
# ## 픽셀을 하나씩 켜서 확인하기 {#perturb}
#
# 공식이 맞는지 직접 시험해 봅시다. 모두 0인 (28, 28) 이미지에서 픽셀 하나만 켭니다. 그리고 가운데 칸의 값이 바뀌는지 봅니다. 이것을
# 픽셀마다 한 번씩, 모든 픽셀에 해 봅니다. 가중치는 모두 1로 두어서, 켜진 값이 도중에 상쇄되지 않게 합니다.

# %% [markdown] lang="en"
# One cell of the second pooling sees {{ field }} input cells, both across and down. The kernel of the second convolution is again only (3, 3), but each cell that it reads has seen {{ fields[1] }} input cells across and down.
# This is how small kernels, stacked, come to see far.
#
# ## Checked by switching on one pixel at a time {#perturb}
#
# Let us put the formula to the test. In a (28, 28) image of zeros, switch on a single pixel and see whether the middle cell of each layer changes. Do so
# for every pixel in turn. All weights are 1, so that nothing cancels on the way.

# %%
one_pixel = np.eye(28 * 28).reshape(-1, 28, 28, 1)
ones = np.ones((3, 3, 1, 1))
output, seen = one_pixel, []
for name, kernel, stride in layers:
    if name == "conv":
        output = conv2d(output, ones, padding="same")
    else:
        output = max_pool2d(output, kernel, stride)
    middle = output.shape[1] // 2
    seen.append((output[:, middle, middle, 0] > 0).reshape(28, 28))
measured = [int(pixels.any(axis=0).sum()) for pixels in seen]
print("formula ", fields)
print("measured", measured)

# %%
from cnn_guide.fashion_mnist import load, scale
from cnn_guide.figures import seen_figure

data = load()
garment = scale(data.train_images[data.train_labels == 1][:1])
seen_figure(garment[0], layers, seen)

# %% [markdown] lang="ko"
# {{ "공식과 실험이 같습니다" if fields == measured else "공식과 실험이 다릅니다" }}. 색칠한 사각형이 층마다 가운데 칸이 보는 픽셀입니다. 둘째 풀링까지 지나도
# 한 칸은 {{ field }}×{{ field }}만 봅니다. 바지 전체를 보는 것은 모든 칸을 읽는 밀집층입니다.
#
# 수용 영역은 영향을 **줄 수 있는** 범위입니다. 실제로는 가장 큰 값이 아니어서 풀링에서 버려지거나, 음수라서 ReLU가 0으로 만드는 일이 있습니다.
# 바지 사진에 세로 경계 커널을 써 봅시다. 픽셀 값을 하나씩 조금 키울 때, 가운데 칸을 정말로 바꾸는 픽셀은 몇 개일까요?

# %% [markdown] lang="en"
# {{ "Formula and experiment agree" if fields == measured else "Formula and experiment differ" }}. The coloured squares are the pixels that the middle cell of each layer sees. Even
# after the second pooling one cell sees only {{ field }}×{{ field }}. It is the dense layer, reading all cells, that sees the whole garment.
#
# The receptive field is what **can** have an effect. It need not: pooling drops a value that is not the largest, and ReLU makes a negative one 0.
# With the trousers and the kernel for vertical edges, how many pixels really change the middle cell when they are raised a little, one at a time?


# %%
def last_cell(images):
    for _ in range(2):
        edges = conv2d(images, kernels[..., :1], padding="same")
        images = max_pool2d(np.maximum(edges, 0), 2)
    return images[:, middle, middle, 0]


brighter = garment + 0.01 * one_pixel
changed = last_cell(brighter) != last_cell(garment.astype(float))
outside = changed & ~seen[-1].reshape(-1)
print(changed.sum(), "of", seen[-1].sum(), "pixels,", outside.sum(), "outside")

# %% [markdown] lang="ko"
# {{ seen[-1].sum() }}개 가운데 {{ changed.sum() }}개만 이 칸을 바꾸었습니다. 수용 영역 바깥에서는 {{ outside.sum() }}개입니다. 바깥의 픽셀은 영향을 줄 길이 아예 없습니다.
#
# ## Keras와 비교하기 {#check}
#
# 처음의 작은 신경망을 Keras로 만들고, `set_weights`로 **같은 가중치**를 넣습니다. 층마다 출력을 꺼내 우리가 계산한 배열과 비교합니다.

# %% [markdown] lang="en"
# Only {{ changed.sum() }} of {{ seen[-1].sum() }} pixels change that cell, and {{ outside.sum() }} outside the receptive field: from there no path leads to it.
#
# ## Checked against Keras {#check}
#
# We build the small network from the beginning of this lesson in Keras and give it **the same weights** with `set_weights`. Then we take the output of every layer and compare it with the array we computed.

# %%
import keras

model = keras.Sequential(
    [
        keras.Input(shape=(4, 4, 1)),
        keras.layers.Conv2D(3, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
model.set_weights([kernels, bias, dense_weights, dense_bias])

x = image.reshape(1, 4, 4, 1).astype("float32")
computed = [active, pooled, flat, probabilities]
differences = []
for layer, ours in zip(model.layers, computed, strict=True):
    x = layer(x)
    differences.append(np.abs(x.numpy()[0] - ours).max())
    print(f"{type(layer).__name__:12} {x.shape[1:]!s:9} {differences[-1]:.1e}")
print("Keras", x.numpy()[0].round(4), "parameters", model.count_params())

# %% [markdown] lang="ko"
# 네 층의 출력이 모두 같습니다. 가장 큰 차이인 {{ f"{max(differences):.1e}" }}도 float32의 반올림 오차일 뿐입니다. 패딩은 `padding="same"`이 대신했으므로 따로 층이 없습니다.
# 가중치와 절편의 수도 {{ model.count_params() }}개로 우리가 센 것과 같습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "입력이 (8, 8)이면, 같은 합성곱 층과 풀링 층을 한 번 지나 펼친 값은 몇 개인가요?"
#     `{{ max_pool2d(conv2d(np.zeros((8, 8, 1)), kernels, padding="same"), 2).size }}`
#
#     (8, 8, 3)이 풀링을 지나 (4, 4, 3)이 됩니다.
#
# ??? quiz "이 강의의 신경망에 (3, 3) 합성곱과 (2, 2) 풀링을 한 번 더 쌓으면, 마지막 한 칸은 가로로 몇 칸을 보나요?"
#     `{{ field + (3 - 1) * jump + (2 - 1) * jump }}`
#
#     지금은 $r = 10$, $j = 4$입니다. 합성곱에서 $2 \times 4$가 늘고, 거리가 그대로이므로 풀링에서 $1 \times 4$가 더 늘어납니다.
#
# ??? quiz "(7, 7) 커널 하나 대신, 같은 넓이를 보도록 (3, 3) 커널을 ReLU와 함께 쌓으려면 합성곱 층이 몇 개 필요한가요? 스트라이드는 1입니다."
#     `{{ next(n for n in range(1, 9) if 1 + n * 2 == 7) }}`
#
#     한 층마다 수용 영역이 2씩 늘어 3, 5, 7이 됩니다. 채널이 하나라면 가중치는 $7 \times 7$개 대신 $3 \times 3$개씩 세 번입니다.

# %% [markdown] lang="en"
# The outputs of all four layers agree. The largest difference is {{ f"{max(differences):.1e}" }}, which is rounding in float32. There is no layer for padding, as `padding="same"` takes care of it.
# The number of weights and biases, {{ model.count_params() }}, is what we counted as well.
#
# ## Exercises {#exercises}
#
# ??? quiz "If the input is (8, 8), how many values are there after one such convolutional layer and pooling layer, flattened?"
#     `{{ max_pool2d(conv2d(np.zeros((8, 8, 1)), kernels, padding="same"), 2).size }}`
#
#     Pooling turns (8, 8, 3) into (4, 4, 3).
#
# ??? quiz "Stack one more (3, 3) convolution and (2, 2) pooling on the network of this course: how many input cells across does one cell of the last layer see?"
#     `{{ field + (3 - 1) * jump + (2 - 1) * jump }}`
#
#     Now $r = 10$ and $j = 4$. The convolution adds $2 \times 4$; the distance stays the same, so the pooling adds $1 \times 4$ more.
#
# ??? quiz "Instead of one (7, 7) kernel, stack (3, 3) convolutions with ReLU so that they see just as far. How many layers does it take? The stride is 1."
#     `{{ next(n for n in range(1, 9) if 1 + n * 2 == 7) }}`
#
#     Each layer widens the receptive field by 2: 3, 5, 7. With one channel, that is three times $3 \times 3$ weights instead of $7 \times 7$.

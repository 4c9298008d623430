# %% [markdown] lang="ko"
# # 채널 {#channels}
#
# 이 수업을 마치면
#
# - 채널(channel)이 둘인 입력의 합성곱(convolution)을 손으로 계산할 수 있고,
# - 합성곱 층(convolutional layer)의 특성 맵(feature map)과 가중치(weight)가 몇 개인지 말할 수 있으며,
# - 여러 채널의 2차원 합성곱이 Conv3D와 어떻게 다른지 설명할 수 있습니다.
#
# ## 입력이 여러 겹이면 커널은 몇 겹일까요? {#depth}
#
# 지금까지 커널이 읽은 입력은 숫자 한 겹이었습니다. 그런데 색 사진은 빨강, 초록, 파랑 세 겹입니다. [앞에서](convolution.py#filters) 쌓아 올린
# 특성 맵도 여러 겹이지요. 이 한 겹 한 겹이 **채널**이고, 채널의 수를 **깊이**(depth)라고 합니다.
# Keras에서는 채널이 마지막 축입니다. (4, 4, 2) 배열은 4행 4열이 두 겹 쌓인 것입니다.
#
# (4, 4, 2) 입력에 (3, 3) 커널(kernel)을 쓰려면 커널은 몇 겹이어야 할까요? 그리고 출력은 몇 겹일까요?
#
# 규칙은 하나입니다. **커널의 깊이는 입력의 깊이와 같습니다.** 그래서 커널은 (3, 3, 2)입니다. 채널마다 자기 가중치가 따로 있습니다.

# %% [markdown] lang="en"
# # Channels {#channels}
#
# After this lesson you can
#
# - work out a convolution over two channels by hand,
# - say how many feature maps and how many weights a convolutional layer has,
# - explain how a 2-D convolution over several channels differs from Conv3D.
#
# ## If the input has several sheets, how many does the kernel need? {#depth}
#
# So far a kernel has read one sheet of numbers. But a colour photograph has three: red, green and blue. The feature maps
# that we stacked [earlier](convolution.py#filters) are several sheets as well. Each sheet is a **channel**, and the number of channels is the **depth**.
# In Keras, channels are the last axis: a (4, 4, 2) array is two sheets of 4 rows and 4 columns.
#
# If a (3, 3) kernel is to read a (4, 4, 2) input, how many sheets must the kernel have? And how many does the output have?
#
# There is one rule: **the kernel is as deep as the input.** So the kernel is (3, 3, 2), and each channel has weights of its own.

# %%
import numpy as np

first = [[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]]
second = [[1, 0, 2, 1], [0, 3, 1, 0], [2, 1, 0, 4], [1, 0, 2, 1]]
image = np.stack([first, second], axis=-1)

edges = [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
plus = [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
kernel = np.stack([edges, plus], axis=-1)

print("image ", image.shape)
print("kernel", kernel.shape)

# %% [markdown] lang="ko"
# 왼쪽 위 창(window)을 계산해 봅시다. 방법은 채널이 하나일 때와 같습니다. 겹친 값끼리 곱해서 **모두** 더합니다.
# 곱이 $3 \times 3$개가 아니라 $3 \times 3 \times 2$개일 뿐입니다. 코드를 보기 전에 손으로 먼저 더해 보세요.

# %% [markdown] lang="en"
# Take the window at the top left. It works as with one channel: multiply each weight by the number under it and add up **all** products.
# There are $3 \times 3 \times 2$ of them instead of $3 \times 3$; nothing else is new. Add them up by hand before you look at the code.

# %%
products = image[:3, :3] * kernel
per_channel = products.sum(axis=(0, 1))
print("per channel:", per_channel)
print("together:   ", products.sum())

# %% [markdown] lang="ko"
# 첫째 채널에서 {{ per_channel[0] }}, 둘째 채널에서 {{ per_channel[1] }}, 더하면 {{ products.sum() }}입니다.
# 창 하나에서 나오는 값은 하나뿐입니다. 창을 끝까지 옮기면 이렇게 됩니다.

# %% [markdown] lang="en"
# {{ per_channel[0] }} from the first channel, {{ per_channel[1] }} from the second, {{ products.sum() }} together.
# One window gives one number. Move the window over the whole input, and all outputs are these.

# %%
from cnn_guide.figures import channels_figure

channels_figure(image, kernel, at=(0, 0))

# %% [markdown] lang="ko"
# 입력이 두 겹이어도 출력은 **한 겹**입니다. 채널은 마지막 덧셈에서 하나로 합쳐집니다. 입력이 64겹이어도 마찬가지입니다.
#
# !!! warning "흔한 오해"
#     "채널이 두 개니까 특성 맵도 두 개가 나온다"는 말은 틀립니다. 채널을 따로따로 다루는 것은 [풀링](pooling.py#pooling)(pooling)입니다.
#     합성곱은 채널을 더합니다. 평균을 내는 것도 아닙니다.
#
# 깊이가 다른 커널을 넣으면 어떻게 될까요?

# %% [markdown] lang="en"
# The input has two sheets, yet the output has **one**. The last addition merges the channels into one, and would do the same with 64 of them.
#
# !!! warning "A common misconception"
#     "Two channels in, so two feature maps out" is wrong. It is [pooling](pooling.py#pooling) that keeps channels apart.
#     A convolution adds them up. Nor does it take their mean.
#
# What happens with a kernel of another depth?

# %%
from cnn_guide import conv2d

try:
    conv2d(image, np.ones((3, 3, 3, 1)))
except ValueError as error:
    print(error)

# %% [markdown] lang="ko"
# 계산이 되지 않습니다. 셋째 겹의 가중치가 곱할 값이 입력에 없기 때문입니다. 오류의 말대로 두 깊이가 같아야 합니다.
#
# ## 색으로 보면 {#colour}
#
# 채널마다 가중치가 다르면 무엇이 좋을까요? Fashion-MNIST의 바지 하나를 빨갛게, 배경을 파랗게 칠해 봅시다.
# 두 색은 세 채널의 **평균이 같도록** 골랐습니다.

# %% [markdown] lang="en"
# It cannot be computed: the input has nothing for the third sheet of weights to multiply. As the error says, both need the same depth.
#
# ## Seen in colour {#colour}
#
# What good is it to have different weights for each channel? Let us paint a pair of trousers from Fashion-MNIST red, and the background blue.
# The two colours are chosen so that the **mean of their channels is the same**.

# %%
from cnn_guide.fashion_mnist import load, scale

data = load()
trousers = scale(data.train_images[data.train_labels == 1][:1])[0]
red, blue = np.array([0.8, 0.3, 0.1]), np.array([0.1, 0.3, 0.8])
colour = trousers * red + (1 - trousers) * blue
print(f"{colour.shape}, mean {red.mean():.2f} and {blue.mean():.2f}")

# %% [markdown] lang="ko"
# 이제 세로 경계를 찾는 커널을 두 개 만듭니다. 하나는 세 채널에 같은 가중치를 씁니다. 다른 하나는 빨강에는 그대로,
# 파랑에는 부호를 바꾸어 쓰고 초록은 보지 않습니다. 어느 쪽이 바지의 윤곽을 찾을까요?

# %% [markdown] lang="en"
# Now make two kernels that look for vertical edges. One uses the same weights for all three channels. The other uses them as they are for red,
# with opposite signs for blue, and ignores green. Which of them finds the outline of the trousers?

# %%
from cnn_guide.figures import colour_figure

vertical = np.array(edges)
alike = np.stack([vertical, vertical, vertical], axis=-1)
opposed = np.stack([vertical, 0 * vertical, -vertical], axis=-1)
results = {
    name: conv2d(colour, weights[..., np.newaxis])[..., 0]
    for name, weights in {"alike": alike, "opposed": opposed}.items()
}
colour_figure(colour, {"alike": alike, "opposed": opposed})

# %% [markdown] lang="ko"
# 같은 가중치를 쓴 커널은 아무것도 찾지 못합니다. 값의 크기가 가장 큰 곳도 {{ f"{np.abs(results['alike']).max():.2f}" }}입니다. 빨강이 늘어난 만큼
# 파랑이 줄어서, 더하면 사라지기 때문입니다. 부호를 반대로 쓴 커널은 {{ f"{np.abs(results['opposed']).max():.2f}" }}까지 반응합니다.
# **커널이 입력만큼 깊기 때문에** 채널 사이의 차이도 특성(feature)이 될 수 있습니다.
#
# ## 필터를 여러 개 쓰면 {#filters}
#
# 커널 하나가 특성 맵 하나를 만듭니다. 특성을 여러 가지 보려면 필터(filter)를 여러 개 씁니다. 필터는 커널과 같은 말이고, 몇 개인지 셀 때 흔히 씁니다.
# 필터가 $F$개면 특성 맵도 $F$개입니다. 입력의 채널 수와는 상관이 없습니다.
#
# Keras는 모든 필터를 배열 하나에 담습니다. 축의 순서는 (행, 열, 입력 채널, 필터)입니다. 필터 세 개를 채널별로 적은 다음, `transpose`로
# 축의 순서만 Keras에 맞춥니다.

# %% [markdown] lang="en"
# The kernel that treats all channels alike finds nothing: its largest output, sign aside, is {{ f"{np.abs(results['alike']).max():.2f}" }}. Where red goes up, blue
# goes down just as much, and the sum hides it. The kernel with opposite signs gives up to {{ f"{np.abs(results['opposed']).max():.2f}" }}.
# **Because a kernel is as deep as its input**, differences between channels can be features too.
#
# ## With several filters {#filters}
#
# One kernel makes one feature map. To see several features we use several filters. A filter is the same thing as a kernel; it is the usual word when they are counted.
# $F$ filters make $F$ feature maps, whatever the number of channels in the input.
#
# Keras keeps all filters in one array, with the axes (rows, columns, input channels, filters). We write down three filters, each channel by channel,
# and `transpose` puts the axes into the order of Keras.

# %%
top = [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]
right = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
outline = [[0, -1, 0], [-1, 4, -1], [0, -1, 0]]
centre = [[0, 0, 0], [0, -2, 0], [0, 0, 0]]

by_filter = np.array([[edges, plus], [top, right], [outline, centre]])
filters = by_filter.transpose(2, 3, 1, 0)
print(by_filter.shape, "->", filters.shape)
print("output", conv2d(image, filters).shape)

# %% [markdown] lang="ko"
# (4, 4, 2) 입력에 (3, 3, 2) 필터를 세 개 적용해 특성 맵 세 개를 얻었습니다. 쌓으면 (2, 2, 3)입니다.
# 이 배열이 다음 층의 입력이 되고, 그때는 깊이가 3입니다. 그러니 다음 층의 커널은 (3, 3, 3)이어야 합니다.
#
# ## 합성곱 층 {#layer}
#
# **합성곱 층**은 여기에 두 가지를 더합니다. 필터마다 **절편**(bias) 하나를 더하고, 모든 값에 **활성화 함수**(activation function)를 적용합니다.
# 흔히 쓰는 활성화 함수 ReLU는 음수를 0으로 바꾸고 나머지는 그대로 둡니다. 왜 필요한지는 [다음 수업](network.py#activation)에서 계산해 봅니다.

# %% [markdown] lang="en"
# Three (3, 3, 2) filters turn the (4, 4, 2) input into three feature maps, stacked into (2, 2, 3).
# This array is the input of the next layer, and its depth is 3. So the kernels of the next layer must be (3, 3, 3).
#
# ## A convolutional layer {#layer}
#
# A **convolutional layer** adds two things to this: one **bias** for each filter, and then an **activation function**, applied to every value.
# The usual one, ReLU, turns negative numbers into 0 and leaves the others alone. The [next lesson](network.py#activation) shows by computation why it is needed.

# %%
from cnn_guide.figures import layer_figure

bias = np.array([-6, 0, 1])
layer_figure(image, filters, bias)

# %% [markdown] lang="ko"
# 층 전체가 코드 한 줄, `np.maximum(conv2d(image, filters, bias), 0)`입니다. 가로줄 하나가 필터 하나입니다.
# 첫째 필터의 왼쪽 위 값은 앞에서 손으로 구한 {{ products.sum() }}에 절편 {{ bias[0] }}을 더한 {{ products.sum() + bias[0] }}입니다.
#
# ## 가중치는 모두 몇 개일까요? {#parameters}
#
# 커널의 크기가 $k$, 입력의 채널이 $C$개, 필터가 $F$개라고 합시다. 필터 하나에 가중치가 $k \times k \times C$개, 절편이 1개 있습니다. 필터가 $F$개이므로 모두 이만큼입니다.
#
# $$
# k \times k \times C \times F + F
# $$
#
# 이미지의 높이와 너비는 이 식에 없습니다. (28, 28) 이미지든 (1000, 1000) 사진이든 개수는 같습니다.
#
# 흑백 이미지 대신 색 이미지를 받으면 필터 32개짜리 층은 얼마나 커질까요? 세 배일까요?

# %% [markdown] lang="en"
# The whole layer is one line of code, `np.maximum(conv2d(image, filters, bias), 0)`. Each row of the figure is one filter.
# The top left value of the first one is the {{ products.sum() }} that we worked out by hand plus the bias {{ bias[0] }}, which makes {{ products.sum() + bias[0] }}.
#
# ## How many weights are there? {#parameters}
#
# Let a kernel have size $k$, the input $C$ channels, and the layer $F$ filters. One filter has $k \times k \times C$ weights and 1 bias; $F$ filters together have
#
# $$
# k \times k \times C \times F + F
# $$
#
# The height and the width of the image are not in it. For a (28, 28) image and a (1000, 1000) photograph the number is the same.
#
# How much larger does a layer of 32 filters become for a colour image instead of a grey one? Three times?

# %%
from cnn_guide import conv_parameters

for channels, filter_count in ((1, 32), (3, 32), (32, 64)):
    count = conv_parameters(3, channels, filter_count)
    print(f"{channels:2} channels, {filter_count} filters: {count:6,}")

# %% [markdown] lang="ko"
# {{ conv_parameters(3, 1, 32) }}개에서 {{ conv_parameters(3, 3, 32) }}개로 늘어납니다. 꼭 세 배는 아닙니다. 가중치만 세 배가 되고 절편은 여전히 필터마다 하나이기 때문입니다.
# 마지막 줄은 이 강의에서 [훈련할 신경망](../classification/model.py)의 둘째 합성곱 층입니다. 채널이 {{ channels }}개라서 커널 하나가 $3 \times 3 \times 32$개의 값을 읽습니다.
#
# ## 1×1 합성곱 {#one-by-one}
#
# 커널이 (1, 1)이면 이웃 픽셀은 하나도 보지 않습니다. 남는 일은 **같은 자리의 채널들을 섞는 것**뿐입니다.
# 픽셀마다 똑같은 작은 [밀집층](dense.py#dense-layer)(dense layer)을 적용하는 셈입니다. 그래서 행렬 곱 하나와 결과가 같습니다.
# 앞의 색 이미지에서 빨강과 파랑의 차이, 세 채널의 평균을 한꺼번에 구해 봅시다.

# %% [markdown] lang="en"
# It grows from {{ conv_parameters(3, 1, 32) }} to {{ conv_parameters(3, 3, 32) }}: not quite three times, because only the weights triple, while each filter still has one bias.
# The last row is the second convolutional layer of the [network we train](../classification/model.py) in this course. With {{ channels }} channels, one kernel reads $3 \times 3 \times 32$ values.
#
# ## 1×1 convolution {#one-by-one}
#
# A (1, 1) kernel sees no neighbouring pixel at all. All it can do is **mix the channels of one place**.
# It is one small [dense layer](dense.py#dense-layer), the same at every pixel, and so nothing but a matrix product.
# Let us take the difference of red and blue, and the mean of all three, from the colour image above.

# %%
difference, mean = [1, 0, -1], [1 / 3, 1 / 3, 1 / 3]
mix = np.stack([difference, mean], axis=-1)
mixed = conv2d(colour, mix.reshape(1, 1, 3, 2))
print(mixed.shape, "largest difference", np.abs(mixed - colour @ mix).max())

# %% [markdown] lang="ko"
# 세 채널이 두 채널이 되었고, 높이와 너비는 그대로입니다. 이렇게 1×1 합성곱은 채널의 수를 적은 가중치로 늘리거나 줄일 때 씁니다.
#
# ## 이것은 Conv3D가 아닙니다 {#conv3d}
#
# 입력도 커널도 3차원 배열이다 보니, 이 계산을 "3차원 합성곱"이라고 부르는 자료가 있습니다. 하지만 커널이 **움직이는 방향**은
# 여전히 가로와 세로 둘뿐입니다. 그래서 이름이 `Conv2D`입니다. 깊이 방향으로는 커널이 입력을 꽉 채우므로 움직일 자리가 없습니다.
#
# `Conv3D`는 커널이 입력보다 얕고, **깊이 방향으로도 움직입니다.** 같은 숫자를 두 층에 넣어 봅시다. Conv3D에서는 깊이가 공간의 한 축이므로
# 채널 축이 뒤에 하나 더 필요합니다. 출력의 모양이 어떻게 다를지 먼저 짐작해 보세요.

# %% [markdown] lang="en"
# Three channels have become two; height and width are as before. This is what a 1×1 convolution is used for: making more or fewer channels with few weights.
#
# ## This is not Conv3D {#conv3d}
#
# As input and kernel are both three-dimensional arrays, some texts call this a "3-D convolution". But the kernel still **moves in two directions**
# only, across and down. Hence the name `Conv2D`. In depth it fills the input completely and has no room to move.
#
# In `Conv3D` the kernel is shallower than the input and **moves in depth as well**. Let us give both layers the same input. For Conv3D the depth is one more axis
# to move along, so yet another axis is needed after it for the channels. How will the shapes of the outputs differ? Guess first.

# %%
import keras

keras.utils.set_random_seed(0)
volume = np.random.default_rng(0).normal(size=(4, 4, 3)).astype("float32")

flat = keras.layers.Conv2D(1, (3, 3))
solid = keras.layers.Conv3D(1, (3, 3, 2))
flat_output = flat(volume[np.newaxis]).numpy()[0]
solid_output = solid(volume[np.newaxis, ..., np.newaxis]).numpy()[0]
for layer, output in ((flat, flat_output), (solid, solid_output)):
    print(type(layer).__name__, layer.kernel.shape, "->", output.shape)

# %% [markdown] lang="ko"
# 둘 다 (4, 4, 3)을 읽었습니다. Conv2D의 커널은 {{ flat.kernel.shape[:3] }}이고 출력은 {{ flat_output.shape[:2] }} 맵 하나입니다.
# Conv3D의 커널은 깊이가 {{ solid.kernel.shape[2] }}라서 깊이 방향으로 {{ solid_output.shape[2] }}곳에 놓이고, 출력은 {{ solid_output.shape[:3] }}입니다. 깊이 축이 살아 있지요.
#
# 우리 함수로도 만들 수 있습니다. 커널을 깊이 방향으로 한 칸씩 옮기면서 `conv2d`를 부르면 됩니다.

# %% [markdown] lang="en"
# Both read (4, 4, 3). The kernel of Conv2D is {{ flat.kernel.shape[:3] }}, and the output one map of {{ flat_output.shape[:2] }}.
# The kernel of Conv3D has a depth of {{ solid.kernel.shape[2] }}; in depth it fits in {{ solid_output.shape[2] }} places, and the output is {{ solid_output.shape[:3] }}. It still has depth.
#
# Our function can compute this too: move the kernel one step at a time in depth, and call `conv2d` at each step.

# %%
weights, solid_bias = solid.get_weights()  # the kernel is (3, 3, 2, 1, 1)
depth = weights.shape[2]
steps = [
    conv2d(volume[..., start : start + depth], weights[..., 0, :], solid_bias)
    for start in range(volume.shape[-1] - depth + 1)
]
by_hand = np.stack(steps, axis=2)
worst = np.abs(by_hand - solid_output).max()
print(f"{by_hand.shape}, largest difference {worst:.1e}")

# %% [markdown] lang="ko"
# 커널의 깊이를 입력과 같은 3으로 하면 놓일 곳이 하나뿐입니다. 그때 Conv3D는 Conv2D와 똑같은 계산을 합니다.
#
# Conv3D는 셋째 축에도 순서와 이웃이 있을 때 씁니다. 동영상의 시간이나 CT 사진의 단면이 그렇습니다. 빨강, 초록, 파랑에는 그런 순서가 없습니다.
# 특성 맵의 번호도 마찬가지입니다. 그래서 이미지에는 Conv2D를 씁니다.
#
# ## Keras와 비교하기 {#check}
#
# 채널과 필터의 수, 커널의 크기를 바꾸어 가며 `conv2d`와 Keras의 `Conv2D`를 비교합니다. 공식이 센 가중치의 수도 함께 확인합니다.

# %% [markdown] lang="en"
# With a kernel as deep as the input, 3, there is only one place left. Then Conv3D computes exactly what Conv2D does.
#
# Conv3D is for a third axis that has an order and neighbours too, such as the time of a video or the slices of a CT scan. Red, green and blue have no such order,
# nor do feature maps. So images take Conv2D.
#
# ## Checked against Keras {#check}
#
# We compare `conv2d` with `Conv2D` of Keras for several numbers of channels, numbers of filters and kernel sizes, and the numbers of weights with the formula.

# %%
differences, counts_agree = [], []
for channels in (1, 2, 3, 8):
    for filter_count in (1, 4):
        for size in (1, 2, 3):
            batch = np.random.default_rng(0).normal(size=(2, 7, 6, channels))
            batch = batch.astype("float32")
            layer = keras.layers.Conv2D(filter_count, size, activation="relu")
            expected = layer(batch).numpy()
            ours = np.maximum(conv2d(batch, *layer.get_weights()), 0)
            differences.append(np.abs(ours - expected).max())
            formula = conv_parameters(size, channels, filter_count)
            counts_agree.append(layer.count_params() == formula)
worst = max(differences)
print(f"{len(differences)} cases, largest difference {worst:.1e}")
print("counts agree:", all(counts_agree))

# %% [markdown] lang="ko"
# {{ len(differences) }}가지 경우에서 가장 큰 차이가 {{ f"{worst:.1e}" }}입니다. float32의 반올림 오차일 뿐입니다. 가중치의 수는 {{ sum(counts_agree) }}가지 모두 공식과 같습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(28, 28, 3) 이미지에 (3, 3) 커널을 쓰는 필터가 16개인 합성곱 층을 적용합니다. 특성 맵은 몇 개인가요?"
#     `{{ conv2d(np.zeros((28, 28, 3)), np.zeros((3, 3, 3, 16))).shape[-1] }}`
#
#     필터 하나가 특성 맵 하나를 만듭니다. 입력의 채널 수는 커널의 깊이만 정합니다.
#
# ??? quiz "채널이 3개인 입력에 (5, 5) 커널을 쓰는 필터가 8개입니다. 가중치와 절편은 모두 몇 개인가요?"
#     `{{ conv_parameters(5, 3, 8) }}`
#
#     필터 하나에 가중치가 $5 \times 5 \times 3$개, 절편이 1개이고, 이런 필터가 8개입니다.
#
# ??? quiz "한 픽셀의 채널 값이 2, 5, 1입니다. 가중치가 1, −1, 3이고 절편이 2인 1×1 합성곱은 이 자리에 어떤 값을 내나요?"
#     `{{ int(conv2d(np.array([[[2, 5, 1]]]), np.array([1, -1, 3]).reshape(1, 1, 3, 1), [2])[0, 0, 0]) }}`
#
#     $2 \times 1 + 5 \times (-1) + 1 \times 3 + 2$입니다. 이웃 픽셀은 필요하지 않습니다.

# %% [markdown] lang="en"
# Over {{ len(differences) }} cases the largest difference is {{ f"{worst:.1e}" }}: rounding in float32, nothing more. The number of weights agrees with the formula in {{ sum(counts_agree) }} of them.
#
# ## Exercises {#exercises}
#
# ??? quiz "A convolutional layer of 16 filters with (3, 3) kernels reads a (28, 28, 3) image. How many feature maps does it make?"
#     `{{ conv2d(np.zeros((28, 28, 3)), np.zeros((3, 3, 3, 16))).shape[-1] }}`
#
#     One filter makes one feature map. The channels of the input set only how deep the kernels are.
#
# ??? quiz "The input has 3 channels; 8 filters have (5, 5) kernels. How many weights and biases are there in all?"
#     `{{ conv_parameters(5, 3, 8) }}`
#
#     One filter has $5 \times 5 \times 3$ weights and 1 bias, and there are 8 such filters.
#
# ??? quiz "The channels of one pixel are 2, 5, 1. What does a 1×1 convolution with weights 1, −1, 3 and bias 2 give there?"
#     `{{ int(conv2d(np.array([[[2, 5, 1]]]), np.array([1, -1, 3]).reshape(1, 1, 3, 1), [2])[0, 0, 0]) }}`
#
#     $2 \times 1 + 5 \times (-1) + 1 \times 3 + 2$. No neighbouring pixel is needed.

# %% [markdown] lang="ko"
# # 밀집층과 합성곱 {#dense}
#
# 이 수업을 마치면
#
# - 1차원 합성곱(convolution)을 손으로 계산할 수 있고,
# - 같은 이미지를 읽는 밀집층과 합성곱의 가중치 개수를 셀 수 있으며,
# - 둘이 무엇이 같고 무엇이 다른지 행렬 하나로 설명할 수 있습니다.
#
# ## 밀집층은 무엇을 할까요? {#dense-layer}
#
# **밀집층**(dense layer)의 뉴런은 **모든** 입력을 읽습니다. 뉴런마다 입력과 같은 개수의 **가중치**(weight)가 있어서,
# 입력에 가중치를 하나씩 곱해 모두 더하고, 마지막으로 **절편**(bias)을 하나 더합니다. 뉴런 $j$의 출력은 이렇습니다.
#
# $$
# z_j = \sum_{i} w_{ji} x_i + b_j
# $$
#
# 입력이 4개, 뉴런이 2개인 밀집층입니다. 가중치 행렬의 한 행이 뉴런 하나입니다.
# 실행하기 전에 두 출력을 손으로 구해 보세요.

# %% [markdown] lang="en"
# # From dense to convolution {#dense}
#
# After this lesson you can
#
# - work out a one-dimensional convolution by hand,
# - count the weights of a dense layer and of a convolution that read the same image,
# - say with a single matrix what the two have in common and what sets them apart.
#
# ## What does a dense layer do? {#dense-layer}
#
# A neuron of a **dense layer** reads **every** input. It has one **weight** for each of them: it multiplies
# every input by its weight, adds up the products, and finally adds one **bias**. The output of neuron $j$ is
#
# $$
# z_j = \sum_{i} w_{ji} x_i + b_j
# $$
#
# Here is a dense layer with 4 inputs and 2 neurons. Each row of the weight matrix is one neuron.
# Work out both outputs by hand before you run it.

# %%
import numpy as np

inputs = np.array([3, 1, 0, 7])
weights = np.array([[1, 2, -1, 0], [0, 1, 1, -1]])  # a row for each neuron
bias = np.array([1, -2])

weights @ inputs + bias

# %% [markdown] lang="ko"
# 첫째 뉴런은 $3 \times 1 + 1 \times 2 + 0 \times (-1) + 7 \times 0 + 1$을 계산해 {{ (weights @ inputs + bias)[0] }}을 냅니다.
# 둘째 뉴런은 같은 입력을 **자기만의** 가중치로 읽어 {{ (weights @ inputs + bias)[1] }}을 냅니다.
#
# 입력이 $n$개, 뉴런이 $u$개면 가중치는 $n \times u$개, 절편은 $u$개입니다. 모두 더하면 $(n + 1) \times u$개입니다.
# 이 층에는 {{ weights.size }} + {{ bias.size }} = {{ weights.size + bias.size }}개가 있습니다.
#
# ## 펼치면 이웃이 흩어집니다 {#neighbours}
#
# 밀집층의 입력은 한 줄입니다. 그래서 이미지는 한 줄로 펼쳐서 넣어야 합니다. 펼쳐도 숫자는 하나도 사라지지 않습니다.
# 그렇다면 무엇을 잃을까요? 아래에서 네모 안의 이웃 9개가 어디로 가는지 보세요.

# %% [markdown] lang="en"
# The first neuron computes $3 \times 1 + 1 \times 2 + 0 \times (-1) + 7 \times 0 + 1$ and gives {{ (weights @ inputs + bias)[0] }}.
# The second reads the same inputs with weights **of its own** and gives {{ (weights @ inputs + bias)[1] }}.
#
# With $n$ inputs and $u$ neurons there are $n \times u$ weights and $u$ biases, $(n + 1) \times u$ in all.
# In this layer that is {{ weights.size }} + {{ bias.size }} = {{ weights.size + bias.size }}.
#
# ## Flattened, neighbours drift apart {#neighbours}
#
# A dense layer takes its inputs in one row, so an image has to be flattened into one. No number is lost that way.
# What is lost, then? Look where the 9 neighbours inside the box end up.

# %%
from cnn_guide.figures import flatten_figure

image = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
flatten_figure(image, size=3)

# %% [markdown] lang="ko"
# 좌우로 붙어 있던 픽셀은 여전히 붙어 있지만, 위아래로 붙어 있던 픽셀은 한 행만큼 멀어집니다.
# (28, 28) 이미지라면 몇 칸이나 떨어질까요?

# %% [markdown] lang="en"
# Pixels that were side by side still are, but pixels one above the other are now a whole row apart.
# How many places is that in a (28, 28) image?

# %%
upper, lower = np.ravel_multi_index(([10, 11], [5, 5]), (28, 28))
print(lower - upper)

# %% [markdown] lang="ko"
# {{ lower - upper }}칸입니다. 더 중요한 것은, 밀집층이 **이 간격을 알 방법이 없다**는 점입니다. 밀집층에게 {{ 28 * 28 }}개의 입력은
# 순서 없는 목록과 같습니다. 어느 픽셀이 어느 픽셀의 이웃인지는 데이터에서 처음부터 배워야 합니다.
#
# 이미지에서는 가까운 픽셀끼리 모여 선이 되고 무늬가 됩니다. 그러니 이웃한 값만 함께 읽는 계산이 있으면 좋겠습니다.
# 한 줄짜리 입력에서 시작해 봅시다.
#
# ## 1차원 합성곱을 손으로 {#conv1d}
#
# 입력은 10개, 가중치는 3개뿐입니다. 가중치 3개를 입력의 맨 앞에 대고 겹친 것끼리 곱해 더하면 출력이 하나 나옵니다.
# 그다음 **같은** 가중치를 한 칸 옮겨 또 곱해 더합니다. 이것이 **합성곱**(convolution)입니다.

# %% [markdown] lang="en"
# It is {{ lower - upper }}. What matters more is that a dense layer **cannot know that distance**. To it, the {{ 28 * 28 }} inputs are
# a list in no particular order. Which pixel is a neighbour of which, it has to learn from the data, starting from nothing.
#
# In an image, pixels close together make up lines and patterns. So it would be good to have a computation that reads
# neighbours together, and only those. Start with an input that is a single row.
#
# ## A one-dimensional convolution by hand {#conv1d}
#
# There are 10 inputs and only 3 weights. Lay the 3 weights on the start of the input, multiply each by the number under it and add up
# the products: that is one output. Then move **the same** weights on by one place, multiply and add again. This is a **convolution**.

# %%
from cnn_guide.figures import conv1d_figure

signal = np.array([3, 1, 0, 7, 6, 4, 8, 2, 4, 5])
kernel = np.array([1, 2, -1])

conv1d_figure(signal, kernel, at=2)

# %% [markdown] lang="ko"
# 그림은 세 번째 자리의 계산입니다. 출력은 모두 몇 개일까요? 나머지 출력도 종이에 구한 다음,
# 아래에서 하나씩 맞춰 보세요.

# %% [markdown] lang="en"
# The figure shows the third place. How many outputs are there in all? Work out the others on paper,
# then compare them one by one.

# %%
from cnn_guide.figures import conv1d_steps_figure

conv1d_steps_figure(signal, kernel)

# %%
from cnn_guide import conv1d, output_size

print(conv1d(signal, kernel))
print("outputs:", output_size(signal.size, kernel.size))

# %% [markdown] lang="ko"
# 출력은 {{ output_size(10, 3) }}개입니다. 가중치 3개가 입력 안에 온전히 놓이는 자리가 그만큼이기 때문입니다.
# 입력이 $n$개, 가중치가 $k$개면 자리는 $n - k + 1$곳입니다.
#
# ## 뉴런 대신 커널 {#kernel}
#
# 방금 쓴 가중치는 3개뿐이었지만 출력은 {{ output_size(10, 3) }}개가 나왔습니다. 밀집층이라면 출력 하나마다 뉴런이 하나씩,
# 곧 가중치 10개가 따로 있어야 합니다. 합성곱에서는 출력마다 따로 가진 가중치가 없으므로 뉴런이라고 부르지 않습니다.
# 입력 위를 옮겨 다니는 이 가중치 묶음을 **커널**(kernel)이라고 부릅니다.
#
# **필터**(filter)도 같은 것을 부르는 이름입니다. **커널 = 필터 = 가중치**라고 기억하면 됩니다. Keras에서는 크기를 정할 때
# `kernel_size`, 개수를 정할 때 `filters`라고 씁니다. 절편은 커널마다 하나이고, 모든 자리에서 똑같이 더합니다.
#
# ## 가까운 것만, 같은 가중치로 {#locality}
#
# 입력 6개에서 출력 4개를 만드는 두 가지 방법을 나란히 놓았습니다. 오른쪽에서 색과 모양이 같은 선은 같은 가중치입니다.
# 합성곱을 하는 층을 **합성곱 층**(convolutional layer)이라고 부릅니다.
# 두 그림에서 다른 점을 두 가지 찾아보세요.

# %% [markdown] lang="en"
# There are {{ output_size(10, 3) }} outputs, because the 3 weights fit wholly inside the input at that many places.
# With $n$ inputs and $k$ weights there are $n - k + 1$ places.
#
# ## A kernel, not a neuron {#kernel}
#
# Only 3 weights were at work, yet they gave {{ output_size(10, 3) }} outputs. A dense layer would need a neuron for every output,
# each with 10 weights of its own. In a convolution no output has weights of its own, so we do not speak of neurons.
# The set of weights that moves over the input is called a **kernel**.
#
# **Filter** is another name for the same thing: remember **kernel = filter = weights**. Keras says `kernel_size` for how large
# it is and `filters` for how many there are. Each kernel has one bias, the same at every place.
#
# ## Only what is near, with the same weights {#locality}
#
# Here are two ways to make 4 outputs from 6 inputs. On the right, lines of the same colour and style are the same weight.
# A layer that convolves is called a **convolutional layer**.
# Find two differences.

# %%
from cnn_guide.figures import dense_vs_conv_figure

dense_vs_conv_figure(inputs=6, kernel=3)

# %% [markdown] lang="ko"
# 첫째, 합성곱의 출력은 **이웃한 입력만** 읽습니다. 이것을 지역성(locality)이라고 합니다. 둘째, 모든 출력이 **같은 가중치를 함께**
# 씁니다. 이것을 가중치 공유(weight sharing)라고 합니다. 이미지의 왼쪽에서 찾은 무늬를 오른쪽에서도 찾으려고 새로 배울 필요가 없다는 뜻입니다.
#
# ## 가중치는 몇 개일까요? {#count}
#
# 이미지에서는 커널도 행과 열이 있습니다. (3, 3) 커널이면 가중치가 9개입니다. 계산은
# [다음 수업](convolution.py)에서 하고, 여기서는 개수만 세어 봅니다. 이미지는 픽셀마다 밝기 값이 하나씩 있는 흑백 이미지입니다.
#
# 높이가 $h$, 너비가 $w$인 이미지를 뉴런이 $u$개인 밀집층과, $(k, k)$ 커널이 $f$개인 합성곱으로 읽으면 가중치와 절편은
# 모두 이만큼입니다.
#
# $$
# (h \times w + 1) \times u
# $$
#
# $$
# (k \times k + 1) \times f
# $$
#
# 둘째 식에는 이미지의 크기가 없습니다. 이미지가 커지면 두 수는 어떻게 될까요? 뉴런과 필터를 모두 100개로 놓고 셉니다.

# %% [markdown] lang="en"
# First, an output of the convolution reads **neighbouring inputs only**: this is called locality. Second, all outputs **share the
# same weights**: this is called weight sharing. A pattern learned on the left of an image need not be learned again on the right.
#
# ## How many weights are there? {#count}
#
# For an image the kernel has rows and columns too: a (3, 3) kernel has 9 weights. How it computes is the subject of
# [the next lesson](convolution.py); here we only count. The image is grey, with one brightness value for each pixel.
#
# Read an image of height $h$ and width $w$ with a dense layer of $u$ neurons, and with a convolution of $f$ kernels of size
# $(k, k)$. These are the numbers of weights and biases, counted together.
#
# $$
# (h \times w + 1) \times u
# $$
#
# $$
# (k \times k + 1) \times f
# $$
#
# The size of the image is not in the second formula. What becomes of the two numbers when the image grows?
# Take 100 neurons and 100 filters.

# %%
from cnn_guide import conv_parameters, dense_parameters

for size in (28, 56, 224):
    dense = dense_parameters(size * size, units=100)
    conv = conv_parameters(kernel=3, channels=1, filters=100)
    print(f"{size:3} x {size:3}: dense {dense:9,}, convolution {conv:,}")

# %% [markdown] lang="ko"
# (28, 28) 이미지에서 밀집층은 {{ f"{dense_parameters(784, 100):,}" }}개, 합성곱은 {{ f"{conv_parameters(3, 1, 100):,}" }}개입니다.
# 높이와 너비가 2배가 되면 밀집층의 가중치는 4배가 되지만 합성곱은 그대로입니다. `channels=1`은 픽셀마다 값이 하나라는 뜻입니다.
#
# 게다가 출력은 합성곱 쪽이 훨씬 많습니다. 밀집층은 100개를 내고, 합성곱은 커널마다 {{ output_size(28, 3) }} × {{ output_size(28, 3) }}개를 냅니다.
# 밀집층으로 출력을 그만큼 만들려면 가중치와 절편이 {{ f"{dense_parameters(784, 100 * output_size(28, 3) ** 2):,}" }}개나 필요합니다.
#
# 물론 공짜는 아닙니다. 합성곱의 출력 하나는 가까운 픽셀밖에 보지 못합니다. 그래서 이미지 전체를 보고 답을 정하는 마지막
# 단계에는 밀집층을 씁니다.
#
# ## 픽셀을 뒤섞으면 {#shuffled}
#
# 모든 이미지의 픽셀을 **같은 순서로** 뒤섞었다고 합시다. 우리 눈으로는 무엇인지 알아볼 수 없습니다. 밀집층은 어떨까요?

# %% [markdown] lang="en"
# For a (28, 28) image the dense layer has {{ f"{dense_parameters(784, 100):,}" }}, the convolution {{ f"{conv_parameters(3, 1, 100):,}" }}.
# Double the height and the width, and the dense layer needs four times as many weights; the convolution stays as it is. `channels=1` says that each pixel has one value.
#
# Yet the convolution gives far more outputs. The dense layer gives 100, the convolution {{ output_size(28, 3) }} × {{ output_size(28, 3) }} for each kernel.
# A dense layer with that many outputs would need {{ f"{dense_parameters(784, 100 * output_size(28, 3) ** 2):,}" }} weights and biases.
#
# It is not free, of course. One output of a convolution sees only pixels close together. That is why the last step,
# which looks at the whole image and decides, is a dense layer.
#
# ## Shuffle the pixels {#shuffled}
#
# Suppose the pixels of all images are shuffled **in the same order**. Our eyes can no longer tell what they show. Does a dense layer mind?

# %%
from cnn_guide.fashion_mnist import load
from cnn_guide.figures import gallery_figure
from cnn_guide.labels import text

data = load()
boot = data.train_images[data.train_labels == 9][0]
shuffled = np.random.default_rng(0).permutation(boot.ravel()).reshape(28, 28)
gallery_figure([boot, shuffled], [text("image"), text("dense.shuffled")])

# %% [markdown] lang="ko"
# 작은 예로 계산해 봅시다. 입력 10개를 뒤섞고, 밀집층의 가중치도 같은 순서로 옮깁니다.

# %% [markdown] lang="en"
# Try it on a small example. Shuffle 10 inputs, and the weights of a dense layer in the same order.

# %%
random = np.random.default_rng(0)
order = random.permutation(10)
dense_weights = random.integers(-3, 4, size=(8, 10))

print("in order:", dense_weights @ signal)
print("shuffled:", dense_weights[:, order] @ signal[order])

# %% [markdown] lang="ko"
# 두 줄의 출력이 똑같습니다. 뒤섞은 이미지에서도 똑같은 출력을 내는 밀집층이 언제나 있다는 뜻입니다. 밀집층은 픽셀이 어디에 있었는지 따지지 않습니다.
#
# 합성곱은 어떨까요? 뒤섞은 입력에서 원래와 같은 출력을 내는 커널을 찾아봅시다. `np.linalg.lstsq`는 가중치 3개짜리 커널 가운데
# 원하는 출력에 가장 가까운 것을 찾아 줍니다.

# %% [markdown] lang="en"
# Both lines are the same. So for every dense layer there is another that gives the very same outputs from the shuffled images. Where a pixel was does not matter to it.
#
# And a convolution? Look for a kernel that gives the old outputs from the shuffled input. Among all kernels of 3 weights,
# `np.linalg.lstsq` finds the one whose outputs come closest to those we want.

# %%
wanted = conv1d(signal, kernel)
windows = np.array([signal[order][place : place + 3] for place in range(8)])
best, *_ = np.linalg.lstsq(windows, wanted, rcond=None)

print("wanted: ", wanted)
print("closest:", np.round(conv1d(signal[order], best), 1))

# %% [markdown] lang="ko"
# 가장 가까운 커널로도 최대 {{ f"{np.abs(conv1d(signal[order], best) - wanted).max():.1f}" }}만큼 어긋납니다. 이웃이 흩어지면 합성곱은 원래의 계산을 되살릴 수 없습니다.
# 합성곱은 **가까이 있는 것끼리 관계가 있다**는 사실을 처음부터 품고 있는 층입니다. 이미지에는 바로 그 사실이 들어맞습니다.
#
# ## 행렬 하나로 보면 {#matrix}
#
# 합성곱도 곱해서 더하는 계산이니 가중치 행렬로 쓸 수 있습니다. 출력 하나를 한 행에 적고, 읽지 않는 입력의 가중치는 0으로 둡니다.
# 행렬의 모양을 먼저 상상해 보세요.

# %% [markdown] lang="en"
# Even the closest kernel is off by up to {{ f"{np.abs(conv1d(signal[order], best) - wanted).max():.1f}" }}. Once the neighbours are scattered, a convolution cannot compute what it did before.
# From the start, it is built on one assumption: **what lies close together belongs together**. For images, that holds.
#
# ## In a single matrix {#matrix}
#
# A convolution multiplies and adds, so it can be written with a weight matrix too: one row for each output, and a weight of 0
# for every input that is not read. Imagine the matrix first.

# %%
matrix = np.zeros((8, 10), int)
for place in range(8):
    matrix[place, place : place + 3] = kernel

np.array_equal(matrix @ signal, conv1d(signal, kernel))

# %%
from cnn_guide.figures import conv_as_dense_figure

conv_as_dense_figure(signal, kernel)

# %% [markdown] lang="ko"
# 커널이 대각선을 따라 내려갑니다. **합성곱은 가중치 대부분이 0이고 나머지는 되풀이되는 밀집층**입니다. {{ matrix.size }}칸 가운데
# {{ (matrix == 0).sum() }}칸이 0이고, 남은 {{ (matrix != 0).sum() }}칸에는 서로 다른 수가 {{ np.unique(kernel).size }}개뿐입니다.
# 앞에서 본 지역성이 0으로, 가중치 공유가 되풀이로 나타난 것입니다.
#
# 거꾸로 밀집층을 합성곱으로 쓸 수도 있을까요? 커널을 입력만큼 길게 만들면 놓일 자리가 한 곳뿐입니다.
# 맨 처음의 밀집층을 뉴런마다 커널 하나로 바꿔 계산해 봅시다.

# %% [markdown] lang="en"
# The kernel walks down the diagonal. **A convolution is a dense layer whose weights are mostly 0 and otherwise repeated.** Of {{ matrix.size }}
# cells, {{ (matrix == 0).sum() }} are 0, and the other {{ (matrix != 0).sum() }} hold only {{ np.unique(kernel).size }} different numbers.
# The locality that we saw above shows as zeros, weight sharing as repetition.
#
# Can a dense layer be written as a convolution, the other way round? Make the kernel as long as the input, and it has only
# one place. Take the dense layer from the start of this page and turn each neuron into a kernel.

# %%
outputs = [conv1d(inputs, row, b) for row, b in zip(weights, bias, strict=True)]
np.concatenate(outputs)

# %% [markdown] lang="ko"
# 처음과 같은 {{ np.concatenate(outputs)[0] }}과 {{ np.concatenate(outputs)[1] }}입니다. **밀집층은 커널이 입력만큼 큰 합성곱**이기도 합니다.
#
# ## 합성곱과 교차 상관 {#cross-correlation}
#
# NumPy에는 `np.convolve`도 있고 `np.correlate`도 있습니다. 우리의 합성곱은 어느 쪽일까요?

# %% [markdown] lang="en"
# They are {{ np.concatenate(outputs)[0] }} and {{ np.concatenate(outputs)[1] }}, as before. **A dense layer is also a convolution whose kernel is as large as the input.**
#
# ## Convolution and cross-correlation {#cross-correlation}
#
# NumPy has `np.convolve` and it has `np.correlate`. Which of them is our convolution?

# %%
print("conv1d   ", conv1d(signal, kernel))
print("correlate", np.correlate(signal, kernel, "valid"))
print("convolve ", np.convolve(signal, kernel, "valid"))
print("flipped  ", np.convolve(signal, kernel[::-1], "valid"))

# %% [markdown] lang="ko"
# `np.correlate`입니다. 수학에서 말하는 합성곱은 커널을 **뒤집어서** 옮기고, 뒤집지 않는 계산은 **교차 상관**(cross-correlation)이라고
# 부릅니다. 마지막 줄처럼 커널을 미리 뒤집어 두면 둘은 같아집니다.
#
# 신경망에서는 차이가 중요하지 않습니다. 커널의 값은 훈련이 정하므로, 뒤집어 계산하는 층은 뒤집힌 커널을 배울 뿐입니다.
# 그래서 Keras를 비롯한 딥러닝 도구는 뒤집지 않는 계산을 합성곱이라고 부릅니다. 이 안내서도 그렇게 부릅니다.
#
# ## Keras와 비교하기 {#check}
#
# 먼저 개수입니다. 같은 (28, 28) 이미지를 읽는 밀집층과 합성곱을 Keras로 만들어 가중치와 절편을 세어 봅니다.

# %% [markdown] lang="en"
# It is `np.correlate`. In mathematics, a convolution moves a **flipped** kernel; without flipping, the computation is called
# **cross-correlation**. Flip the kernel beforehand, as in the last line, and the two agree.
#
# For a neural network the difference does not matter. Training chooses the kernel, so a layer that flips simply learns the flipped kernel.
# Keras and other deep learning tools therefore do not flip, and still call it convolution. So does this guide.
#
# ## Checked against Keras {#check}
#
# First the counts. Build a dense layer and a convolution in Keras that read the same (28, 28) image, and count weights and biases.

# %%
from keras import Input, Sequential, layers

pixels = Input((28, 28, 1))
dense_model = Sequential([pixels, layers.Flatten(), layers.Dense(100)])
conv_model = Sequential([pixels, layers.Conv2D(100, 3)])

print(dense_model.count_params(), dense_parameters(28 * 28, 100))
print(conv_model.count_params(), conv_parameters(3, 1, 100))

# %% [markdown] lang="ko"
# Keras도 {{ f"{dense_model.count_params():,}" }}개와 {{ f"{conv_model.count_params():,}" }}개로 셉니다. 다음은 계산입니다. 무작위 입력 100개에 같은 커널을 쓰는 `Conv1D`와, 위의 행렬을 가중치로 쓰는 `Dense`를
# 우리 함수와 비교합니다. Keras의 `Dense`는 한 **열**이 뉴런 하나라서 행과 열을 바꾼 `matrix.T`를 넣습니다.
# 반올림이 드러나도록 가중치를 7로 나누었습니다.

# %% [markdown] lang="en"
# Keras counts {{ f"{dense_model.count_params():,}" }} and {{ f"{conv_model.count_params():,}" }} as well. Next the computation: 100 random inputs through a `Conv1D` with the same kernel, through a `Dense`
# with the matrix from above as its weights, and through our function. In Keras a **column** of `Dense` is a neuron, hence the transposed `matrix.T`.
# The weights are divided by 7 so that rounding shows.

# %%
signals = random.normal(size=(100, 10)).astype("float32")
ours = np.array([conv1d(one, kernel / 7, bias=0.5) for one in signals])

conv_layer = layers.Conv1D(filters=1, kernel_size=3)
conv_layer.build((None, 10, 1))
conv_layer.set_weights([kernel.reshape(3, 1, 1) / 7, np.array([0.5])])
dense_layer = layers.Dense(8)
dense_layer.build((None, 10))
dense_layer.set_weights([matrix.T / 7, np.full(8, 0.5)])

by_conv = conv_layer(signals[..., None]).numpy()[..., 0]
by_dense = dense_layer(signals).numpy()
conv_difference = np.abs(ours - by_conv).max()
dense_difference = np.abs(ours - by_dense).max()
print(f"Conv1D {conv_difference:.1e}, Dense {dense_difference:.1e}")

# %% [markdown] lang="ko"
# 가장 큰 차이가 {{ f"{max(conv_difference, dense_difference):.1e}" }}입니다. float32의 반올림 오차일 뿐입니다. 합성곱 하나를 세 가지 방법으로 계산한 셈입니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "입력이 100개, 커널의 가중치가 5개면 1차원 합성곱의 출력은 몇 개인가요?"
#     `{{ output_size(100, 5) }}`
#
#     커널이 놓이는 자리는 $100 - 5 + 1$곳입니다.
#
# ??? quiz "입력 [3, 1, 0, 7, 6, 4, 8, 2, 4, 5]에 커널 [1, 0, -1]을 적용하면 세 번째 출력은 얼마인가요?"
#     `{{ conv1d(signal, [1, 0, -1])[2] }}`
#
#     세 번째 자리에서 커널은 0, 7, 6을 읽습니다. $0 \times 1 + 7 \times 0 + 6 \times (-1)$입니다.
#
# ??? quiz "(28, 28) 흑백 이미지를 펼쳐 뉴런이 50개인 밀집층에 넣습니다. 가중치와 절편은 모두 몇 개인가요?"
#     `{{ f"{dense_parameters(28 * 28, 50):,}" }}`
#
#     뉴런마다 가중치가 {{ 28 * 28 }}개, 절편이 1개입니다. $(28 \times 28 + 1) \times 50$을 계산합니다.

# %% [markdown] lang="en"
# The largest difference is {{ f"{max(conv_difference, dense_difference):.1e}" }}: rounding in float32, nothing more. One convolution, computed in three ways.
#
# ## Exercises {#exercises}
#
# ??? quiz "There are 100 inputs and the kernel has 5 weights. How many outputs does the one-dimensional convolution give?"
#     `{{ output_size(100, 5) }}`
#
#     The kernel has $100 - 5 + 1$ places.
#
# ??? quiz "Apply the kernel [1, 0, -1] to the input [3, 1, 0, 7, 6, 4, 8, 2, 4, 5]. What is the third output?"
#     `{{ conv1d(signal, [1, 0, -1])[2] }}`
#
#     At the third place the kernel reads 0, 7 and 6: $0 \times 1 + 7 \times 0 + 6 \times (-1)$.
#
# ??? quiz "A (28, 28) grey image is flattened and read by a dense layer of 50 neurons. How many weights and biases are there?"
#     `{{ f"{dense_parameters(28 * 28, 50):,}" }}`
#
#     Each neuron has {{ 28 * 28 }} weights and 1 bias: compute $(28 \times 28 + 1) \times 50$.

# %% [markdown] lang="ko"
# # 스트라이드 {#stride}
#
# 이 수업을 마치면
#
# - 출력 크기의 공식을 외우지 않고 스스로 이끌어 낼 수 있고,
# - 어느 픽셀이 한 번도 읽히지 않는지 미리 알 수 있으며,
# - 스트라이드(stride)가 줄여 주는 것과 버리는 것을 말할 수 있게 됩니다.
#
# ## 한 번에 몇 칸씩 움직일까요? {#how-far}
#
# 지금까지 커널(kernel)은 한 칸씩 움직였습니다. 꼭 그래야 하는 것은 아닙니다. **스트라이드**는 필터(filter), 곧 커널을
# 한 번에 몇 칸 옮기는지를 나타내는 수입니다.
#
# 숫자 10개 위로 크기가 3인 커널을 한 칸씩 옮기면 출력은 8개였습니다. 두 칸씩 옮기면 몇 개가 될까요?
# 절반인 4개일까요? 마지막 숫자까지 모두 쓰일까요? 먼저 답을 정하고 그림을 보세요.

# %% [markdown] lang="en"
# # Stride {#stride}
#
# After this lesson you can
#
# - derive the formula of the output size yourself, without learning it by heart,
# - tell in advance which pixels are never read,
# - say what stride saves and what it throws away.
#
# ## How far at a time? {#how-far}
#
# So far the kernel has moved one step at a time. It does not have to. The **stride** is how far the filter,
# that is, the kernel, moves at each step.
#
# A kernel of size 3 that moves one step at a time over 10 numbers gave 8 outputs. How many will there be at two steps
# at a time? Half of that, 4? Is the last number still used? Decide first, then look at the figure.

# %%
from cnn_guide.figures import stride_figure

stride_figure((1, 10), kernel=(1, 3), stride=(1, 2))

# %%
from cnn_guide import conv1d

signal = [3, 1, 0, 7, 6, 4, 8, 2, 4, 5]
kernel = [1, 0, -1]
print("stride 1:", conv1d(signal, kernel))
print("stride 2:", conv1d(signal, kernel, stride=2))

# %% [markdown] lang="ko"
# 주황색 막대 하나가 창(window) 하나입니다. 창은 {{ len(conv1d(signal, kernel, stride=2)) }}개이고, 마지막 숫자는 어느 창에도 들지 않습니다.
# 스트라이드 1의 출력과 나란히 놓고 보면, 스트라이드 2의 출력은 그 가운데 첫째, 셋째, 다섯째, 일곱째 값입니다.
#
# ## 출력 크기의 공식 {#output-size}
#
# 그림에서 센 것을 식으로 옮기겠습니다. 입력의 크기는 $n$, 앞뒤로 붙인 패딩(padding)은 모두 합해 $p$, 커널의 크기는 $k$,
# 스트라이드는 $s$입니다.
#
# 1. 패딩까지 합하면 칸은 모두 $n + p$개입니다.
# 2. 창은 $0, s, 2s, \ldots$에서 시작합니다. 0부터 세어 $j$번째 창은 $js$에서 시작해 $k$칸을 덮습니다.
# 3. 창이 끝을 넘지 않으려면 $js + k \le n + p$여야 합니다. 다시 쓰면 $j \le (n + p - k) / s$입니다.
# 4. $j$는 정수이므로 가장 큰 값은 오른쪽을 내림한 것입니다. 0부터 세었으니 창의 수는 거기에 1을 더한 것입니다.
#
# $$
# \left\lfloor \frac{n + p - k}{s} \right\rfloor + 1
# $$
#
# 정말 그런지, 들어맞는 시작점을 하나씩 세어 비교합니다.

# %% [markdown] lang="en"
# Each orange bar is one window. There are {{ len(conv1d(signal, kernel, stride=2)) }} of them, and the last number lies in none.
# The outputs of stride 2 are the first, third, fifth and seventh of those of stride 1.
#
# ## The formula of the output size {#output-size}
#
# Let us write down what we counted in the figure. The size of the input is $n$, the padding of both ends together $p$, the size
# of the kernel $k$ and the stride $s$.
#
# 1. With the padding there are $n + p$ cells.
# 2. Windows start at $0, s, 2s, \ldots$. Counted from 0, window $j$ starts at $js$ and covers $k$ cells.
# 3. That window does not run over the end as long as $js + k \le n + p$, which is $j \le (n + p - k) / s$.
# 4. $j$ is a whole number, so the largest is the right-hand side rounded down. We counted from 0, so the number of windows is one more.
#
# $$
# \left\lfloor \frac{n + p - k}{s} \right\rfloor + 1
# $$
#
# Is that so? Let us list the starting places that fit, one by one, and compare.

# %%
n, p, k, s = 10, 0, 3, 2
starts = [start for start in range(0, n + p, s) if start + k <= n + p]
print(starts, "->", len(starts))
print("formula ->", (n + p - k) // s + 1)

# %% [markdown] lang="ko"
# 패키지의 `output_size`도 같은 식입니다. 설명글(docstring)만 빼고 보여 드립니다. `reach`는 커널이 덮는 칸의 수로, 여기서는 $k$와 같습니다.
# 둘이 다른 경우는 [팽창](#dilation)에서 봅니다.

# %% [markdown] lang="en"
# The package's `output_size` computes the same formula. Here it is without its docstring. `reach` is the number of cells that the kernel covers, here $k$;
# when it differs, see [dilation](#dilation).

# %% output="python"
import inspect

from cnn_guide import output_size

head, docstring, body = inspect.getsource(output_size).split('"""')
print(head.rstrip() + body)

# %% [markdown] lang="ko"
# 이미지에서는 행과 열에 이 식을 한 번씩 씁니다. (28, 28) 이미지에 (3, 3) 커널, 스트라이드 2라면
# 출력은 ({{ output_size(28, 3, 2) }}, {{ output_size(28, 3, 2) }})입니다.
#
# !!! warning "흔한 오해"
#     "스트라이드가 2이면 출력은 정확히 절반"이라는 말은 틀립니다. 패딩이 없으면 28은 14가 아니라 {{ output_size(28, 3, 2) }}이 됩니다.
#
# ## 한 번도 읽히지 않는 픽셀 {#never-read}
#
# 공식에는 내림이 들어 있습니다. 나누고 남은 만큼은 어디로 갔을까요? (6, 6) 입력에 (3, 3) 커널을 두 칸씩 옮깁니다.
# 읽히지 않는 픽셀은 몇 개일까요?

# %% [markdown] lang="en"
# For an image, the formula is used once for the rows and once for the columns. A (28, 28) image, a (3, 3) kernel and stride 2
# give ({{ output_size(28, 3, 2) }}, {{ output_size(28, 3, 2) }}).
#
# !!! warning "A common misconception"
#     "At stride 2 the output is exactly half as large" is wrong. Without padding, 28 becomes {{ output_size(28, 3, 2) }}, not 14.
#
# ## What is never read {#never-read}
#
# The formula rounds down. Where does the remainder go? Move a (3, 3) kernel over a (6, 6) input, two steps at a time.
# How many pixels are never read?

# %%
stride_figure((6, 6), kernel=3, stride=2)

# %%
from cnn_guide import pixel_use

use = pixel_use((6, 6), kernel=3, stride=2)
use

# %% [markdown] lang="ko"
# 위의 막대 하나와 왼쪽의 막대 하나가 만나는 자리마다 창이 하나씩 있습니다. 막대가 위에도 왼쪽에도 둘뿐이라, 창은 마지막 행과 마지막 열까지
# 가지 못합니다. ×표를 한 {{ (use == 0).sum() }}개는 값이 무엇이든 출력에 아무 영향도 주지 않습니다.
#
# 끝에 남는 줄의 수는 나머지 $(n + p - k) \bmod s$입니다. 여기서는 $(6 - 3) \bmod 2$, 곧 {{ (6 - 3) % 2 }}줄입니다.
# (28, 28) 이미지에서도 마지막 행과 열이 남아 픽셀 {{ (pixel_use((28, 28), 3, 2) == 0).sum() }}개가 읽히지 않습니다.
#
# 읽히는 픽셀끼리도 고르지 않습니다. 위의 배열에서 가운데쯤의 {{ use[2, 2] }}는 창 네 개가 겹치는 자리이고, 바로 옆은 {{ use[2, 1] }},
# 대각선 옆은 {{ use[1, 1] }}입니다.
#
# 스트라이드가 커널보다 크면 창 사이에도 틈이 생깁니다. (2, 2) 커널을 세 칸씩 옮겨 보겠습니다.

# %% [markdown] lang="en"
# Each bar above, together with each bar at the left, makes one window. There are only two bars on each side, so the windows never get to the last row
# and the last column. The {{ (use == 0).sum() }} pixels marked × have no influence on the output, whatever their values.
#
# The number of rows left over at the end is the remainder of the division, $(n + p - k) \bmod s$. Here it is $(6 - 3) \bmod 2$, that is, {{ (6 - 3) % 2 }}.
# In a (28, 28) image too, the last row and column are left over: {{ (pixel_use((28, 28), 3, 2) == 0).sum() }} pixels are never read.
#
# Pixels that are read are not all read equally often. In the array above, the {{ use[2, 2] }} near the middle is where four windows overlap;
# its neighbours above, below, left and right are {{ use[2, 1] }}, its diagonal neighbours {{ use[1, 1] }}.
#
# When the stride is larger than the kernel, there are gaps between the windows too. Move a (2, 2) kernel three steps at a time.

# %%
stride_figure((8, 8), kernel=2, stride=3)

# %%
gaps = pixel_use((8, 8), kernel=2, stride=3)
single = pixel_use((28, 28), kernel=1, stride=2)
print(f"kernel 2, stride 3: {(gaps == 0).sum()} of {gaps.size} never read")
print(f"kernel 1, stride 2: {(single == 0).mean():.0%} never read")

# %% [markdown] lang="ko"
# 픽셀 {{ gaps.size }}개 가운데 {{ (gaps == 0).sum() }}개가 빠집니다. 그래서 보통은 스트라이드를 커널보다 크게 하지 않습니다.
# (1, 1) 커널에 스트라이드 2를 쓰는 신경망도 있는데, 이때는 픽셀의 {{ f"{(single == 0).mean():.0%}" }}가 읽히지 않습니다.
#
# ## 세임 패딩과 스트라이드 {#same-padding}
#
# 세임 패딩(same padding)은 이름과 달리 스트라이드가 2 이상이면 출력을 입력과 같은 크기로 만들지 않습니다.
# 출력의 크기는 $\left\lceil n / s \right\rceil$입니다. 왜 올림일까요?
#
# 입력의 $n$칸을 앞에서부터 $s$칸씩 묶어 보세요. 마지막 묶음은 $s$칸이 안 될 수도 있지만, 그래도 한 묶음입니다.
# 그래서 묶음은 $\left\lceil n / s \right\rceil$개입니다. 세임 패딩은 **묶음마다 창을 하나씩** 놓고, 그러느라 모자라는 칸을 0으로 채웁니다.
# [패딩 수업](padding.py#stride-two)에서 본 $p = (\left\lceil n / s \right\rceil - 1)\,s + k - n$을 공식에 넣으면 딱 나누어떨어집니다.
#
# $$
# \left\lfloor \frac{n + p - k}{s} \right\rfloor + 1
# = \left\lfloor \frac{(\left\lceil n / s \right\rceil - 1)\,s}{s} \right\rfloor + 1
# = \left\lceil \frac{n}{s} \right\rceil
# $$
#
# 나머지가 0이므로 끝에 남는 줄이 없습니다. (6, 6) 입력을 다시 보겠습니다.

# %% [markdown] lang="en"
# {{ (gaps == 0).sum() }} of {{ gaps.size }} pixels are left out. That is why the stride is rarely larger than the kernel.
# Some networks do use a (1, 1) kernel at stride 2; then {{ f"{(single == 0).mean():.0%}" }} of the pixels are never read.
#
# ## Same padding with stride {#same-padding}
#
# In spite of its name, same padding does not make the output as large as the input when the stride is 2 or more.
# The size of the output is $\left\lceil n / s \right\rceil$. Why rounded up?
#
# Divide the $n$ cells of the input into groups of $s$, from the front. The last group may have fewer than $s$ cells, but it is still a group.
# So there are $\left\lceil n / s \right\rceil$ groups. Same padding places **one window for each group**, and adds zeros for the cells that these windows lack.
# Put the $p = (\left\lceil n / s \right\rceil - 1)\,s + k - n$ of the [padding lesson](padding.py#stride-two) into the formula, and the division has no remainder.
#
# $$
# \left\lfloor \frac{n + p - k}{s} \right\rfloor + 1
# = \left\lfloor \frac{(\left\lceil n / s \right\rceil - 1)\,s}{s} \right\rfloor + 1
# = \left\lceil \frac{n}{s} \right\rceil
# $$
#
# The remainder is 0, so no row is left over at the end. Look at the (6, 6) input again.

# %%
stride_figure((6, 6), kernel=3, stride=2, padding="same")

# %%
print("kernel 3:", [output_size(28, 3, s, "same") for s in (1, 2, 3, 4, 5)])
print("kernel 5:", [output_size(28, 5, s, "same") for s in (1, 2, 3, 4, 5)])

# %% [markdown] lang="ko"
# 이번에는 모든 픽셀이 읽힙니다. 그리고 세임 패딩의 출력 크기는 **커널의 크기와 상관이 없습니다.** 위의 두 줄이 같습니다.
#
# 커널이 스트라이드보다 작으면 식의 $p$가 음수가 될 수 있습니다. 그때는 0을 붙이지 않습니다. 출력의 크기는 여전히 $\left\lceil n / s \right\rceil$이지만
# 창 사이의 틈은 남습니다.
#
# ## 행과 열을 다르게 {#rows-and-columns}
#
# 스트라이드는 (행, 열)로 따로 정할 수 있습니다. `stride=(2, 1)`이면 아래로는 두 칸씩, 옆으로는 한 칸씩 움직입니다.
# 실제 옷 사진에 세로 경계를 찾는 커널을 적용해 보겠습니다.

# %% [markdown] lang="en"
# Now every pixel is read. And with same padding the size of the output **does not depend on the kernel**: the two lines above are the same.
#
# With a kernel smaller than the stride, $p$ can come out negative. Then nothing is added. The output still has the size $\left\lceil n / s \right\rceil$,
# but the gaps between the windows stay.
#
# ## Rows and columns separately {#rows-and-columns}
#
# The stride can be given as (rows, columns). With `stride=(2, 1)` the kernel moves two cells at a time downwards, and one cell at a time sideways.
# Take a real garment and a kernel that finds vertical edges.

# %%
import numpy as np

from cnn_guide import conv2d
from cnn_guide.fashion_mnist import load

images = load().train_images
# A garment that is cut off at the border would have a false edge there.
border = images[:, :, [0, -1]].max(axis=(1, 2))
garment = images[border == 0][0]
vertical = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
for stride in (1, 2, 4, (2, 1)):
    map = conv2d(garment, vertical, stride=stride, padding="same")
    print(stride, map.shape)

# %%
from cnn_guide.figures import strided_maps_figure

strided_maps_figure(garment, vertical, strides=(1, 2, 4))

# %% [markdown] lang="ko"
# `(2, 1)`에서는 행만 절반이 되고 열은 그대로입니다. 그림을 보면 옷은 같은데 칸이 점점 성겨집니다. 스트라이드 1의 특성 맵(feature map)에 견주면 스트라이드 2에는 {{ f"{14 * 14 / (28 * 28):.0%}" }}, 스트라이드 4에는
# {{ f"{7 * 7 / (28 * 28):.0%}" }}의 값만 남습니다. 스트라이드 4에서는 어떤 옷인지 거의 알아볼 수 없습니다.
#
# ## 한 칸씩 구하고 골라내면 {#every-second}
#
# 이런 질문을 해 봅시다. 스트라이드 1로 모두 구한 다음 행과 열에서 하나씩 걸러 남기면, 처음부터 스트라이드 2로 구한 것과
# 같을까요, 다를까요?

# %% [markdown] lang="en"
# At `(2, 1)` only the rows are halved. In the figure the garment is the same, the cells get coarser. Of the values in the feature map of stride 1, stride 2 keeps {{ f"{14 * 14 / (28 * 28):.0%}" }} and stride 4
# keeps {{ f"{7 * 7 / (28 * 28):.0%}" }}. At stride 4 one can hardly tell which garment it is.
#
# ## One step at a time, then pick {#every-second}
#
# Here is a question. Compute everything at stride 1, then take every second row and column. Is that the same as computing
# at stride 2 from the start, or not?

# %%
fine = conv2d(garment, vertical)
coarse = conv2d(garment, vertical, stride=2)
print("identical:", np.array_equal(fine[::2, ::2], coarse))
for map in (fine, coarse):
    print(map.shape, "takes", map.size * vertical.size, "multiplications")

# %% [markdown] lang="ko"
# 똑같습니다. 스트라이드 2는 출력 네 개 가운데 **세 개를 계산하지 않고 버리는 것**과 같습니다. 그 덕분에 곱셈은
# {{ fine.size * vertical.size }}번에서 {{ coarse.size * vertical.size }}번으로 줄고, 다음 층이 읽을 특성 맵도 그만큼 작아집니다.
# 버린 출력에 무엇이 있었는지는 알 수 없습니다. 가장 강하게 반응한 자리를 버렸을 수도 있습니다.
#
# 세임 패딩이라면 어떨까요?

# %% [markdown] lang="en"
# Identical. Stride 2 amounts to **throwing away three of every four outputs, without computing them**. That reduces
# the multiplications from {{ fine.size * vertical.size }} to {{ coarse.size * vertical.size }}, and gives the next layer a map that much smaller to read.
# What the discarded outputs would have held, nobody knows. The place of the strongest response may be among them.
#
# And with same padding?

# %%
fine = conv2d(garment, vertical, padding="same")
coarse = conv2d(garment, vertical, stride=2, padding="same")
print("from the first: ", np.array_equal(fine[::2, ::2], coarse))
print("from the second:", np.array_equal(fine[1::2, 1::2], coarse))

# %% [markdown] lang="ko"
# 첫째부터 걸러서는 같아지지 않습니다. 스트라이드 1의 세임 패딩은 위에도 한 줄을 붙이지만, 스트라이드 2는 크기가 28일 때 아래와 오른쪽에만
# 붙이기 때문입니다. 첫 창의 자리가 한 칸 다르므로 **둘째부터** 걸러야 같아집니다.
#
# ## 팽창 {#dilation}
#
# 스트라이드가 창과 창 사이를 벌린다면, **팽창**(dilation)은 **창 안의 가중치(weight) 사이**를 벌립니다. 팽창이 $d$이면 이웃한 가중치가 $d$칸씩
# 떨어진 픽셀을 읽습니다. 가중치 $k$개 사이에 간격이 $k - 1$개 있으므로, 커널이 덮는 칸은 다음과 같습니다.
#
# $$
# (k - 1)\,d + 1
# $$
#
# 가중치 사이에 0을 끼운 큰 커널과 결과가 같습니다. (3, 3) 커널을 팽창 2로 벌려 보겠습니다.

# %% [markdown] lang="en"
# Picked from the first, they differ. At stride 1 same padding adds a row at the top as well; at stride 2 and a size of 28 it adds only
# at the bottom and right. So the first window stands one cell further on, and picking **from the second** gives the same.
#
# ## Dilation {#dilation}
#
# Stride spreads the windows. **Dilation** spreads the **weights within the window**. At dilation $d$, neighbouring weights read pixels
# that lie $d$ cells apart. From the first of $k$ weights to the last there are $k - 1$ such steps, so the kernel covers this many cells:
#
# $$
# (k - 1)\,d + 1
# $$
#
# The result is that of a larger kernel with zeros between the weights. Spread a (3, 3) kernel with dilation 2.

# %%
from cnn_guide.figures import convolution_figure

spread = np.zeros((5, 5), int)
spread[::2, ::2] = vertical
image = np.random.default_rng(4).integers(0, 10, (6, 6))
convolution_figure(image, spread)

# %%
print(conv2d(image, spread))
print(conv2d(image, vertical, dilation=2))
print("output size:", output_size(6, 3, dilation=2))

# %% [markdown] lang="ko"
# 두 결과가 같습니다. 가중치는 그대로 {{ vertical.size }}개인데 커널은 (5, 5)만큼 넓게 봅니다. 출력 크기의 공식에서는 $k$ 대신
# $(k - 1)\,d + 1$을 넣으면 됩니다.
#
# 스트라이드와 팽창을 둘 다 2로 하면 어떻게 될까요? 우리 함수는 계산하지만, Keras의 층은 오류를 냅니다.

# %% [markdown] lang="en"
# The two are the same. There are still {{ vertical.size }} weights, yet the kernel looks at an area of (5, 5). In the formula of the output size,
# $(k - 1)\,d + 1$ takes the place of $k$.
#
# What about a stride of 2 and a dilation of 2 together? Our function computes it; a Keras layer refuses.

# %%
import keras

print(conv2d(image, vertical, stride=2, dilation=2))
try:
    keras.layers.Conv2D(1, 3, strides=2, dilation_rate=2)
except ValueError as error:
    print(str(error).replace(". ", ".\n"))

# %% [markdown] lang="ko"
# ## 직접 움직여 보기 {#explorer}
#
# <div class="cnn-explorer" data-question="stride"></div>
#
# ## Keras와 비교하기 {#check}
#
# 커널, 스트라이드, 패딩을 바꾸어 가며 Keras의 `Conv2D`와 크기와 값을 모두 비교합니다. 짝수 커널, 커널보다 큰 스트라이드,
# 행과 열이 다른 스트라이드도 들어 있습니다. 팽창은 스트라이드 1에서 비교합니다.

# %% [markdown] lang="en"
# ## Move it yourself {#explorer}
#
# <div class="cnn-explorer" data-question="stride"></div>
#
# ## Checked against Keras {#check}
#
# Compare sizes and values with `Conv2D` of Keras for many kernels, strides and paddings. Even kernels, strides larger than the kernel and
# strides that differ for rows and columns are among them. Dilation is compared at stride 1.

# %%
from itertools import product

batch = np.random.default_rng(0).normal(size=(2, 11, 12, 3)).astype("float32")
strides = [1, 2, 3, 4, (2, 1), (1, 3)]
steps = [(s, 1) for s in strides] + [(1, 2), (1, 3)]
differences = []
for kernel, (s, d), padding in product((1, 2, 3, 4), steps, ("valid", "same")):
    layer = keras.layers.Conv2D(4, kernel, s, padding, dilation_rate=d)
    expected = layer(batch).numpy()
    ours = conv2d(batch, *layer.get_weights(), s, padding, d)
    assert ours.shape == expected.shape
    differences.append(np.abs(ours - expected).max())
worst = max(differences)
print(f"{len(differences)} cases, largest difference {worst:.1g}")

# %% [markdown] lang="ko"
# {{ len(differences) }}가지 경우에서 크기가 모두 같고, 값의 가장 큰 차이는 {{ f"{worst:.1g}" }}입니다. float32의 반올림 오차를 넘지 않습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(32, 32) 이미지에 (5, 5) 커널을 패딩 없이 스트라이드 3으로 적용하면 출력은 몇 행인가요?"
#     `{{ output_size(32, 5, 3) }}`
#
#     $\left\lfloor (32 - 5) / 3 \right\rfloor + 1$입니다. 27은 3으로 나누어떨어지므로 읽히지 않는 줄도 없습니다.
#
# ??? quiz "(28, 28) 이미지에 (5, 5) 커널을 패딩 없이 스트라이드 3으로 적용하면 한 번도 읽히지 않는 행은 몇 개인가요?"
#     `{{ (pixel_use((28, 28), 5, 3)[:, 0] == 0).sum() }}`
#
#     나머지가 $(28 - 5) \bmod 3$입니다. 마지막 창은 21에서 시작해 25에서 끝나므로 26번과 27번 행이 남습니다.
#
# ??? quiz "(28, 28) 이미지에 세임 패딩, 스트라이드 2인 합성곱(convolution)을 세 번 이어서 하면 출력은 몇 행인가요?"
#     `{{ output_size(output_size(output_size(28, 3, 2, "same"), 3, 2, "same"), 3, 2, "same") }}`
#
#     28의 절반은 14, 14의 절반은 7, 7의 절반을 올림하면 4입니다. 커널의 크기는 몰라도 됩니다.
#
# ??? quiz "크기가 3인 커널에 팽창 3을 주면 몇 칸을 덮나요?"
#     `{{ (3 - 1) * 3 + 1 }}`
#
#     간격 두 개가 세 칸씩이고, 여기에 마지막 가중치의 한 칸을 더합니다: $(3 - 1) \times 3 + 1$.

# %% [markdown] lang="en"
# In all {{ len(differences) }} cases the sizes agree, and the largest difference of a value is {{ f"{worst:.1g}" }}: no more than rounding in float32.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many rows does the output have for a (32, 32) image, a (5, 5) kernel, no padding and stride 3?"
#     `{{ output_size(32, 5, 3) }}`
#
#     It is $\left\lfloor (32 - 5) / 3 \right\rfloor + 1$. 27 is divisible by 3, so no row is left unread either.
#
# ??? quiz "A (28, 28) image, a (5, 5) kernel, no padding, stride 3: how many rows are never read?"
#     `{{ (pixel_use((28, 28), 5, 3)[:, 0] == 0).sum() }}`
#
#     The remainder is $(28 - 5) \bmod 3$. The last window starts at 21 and ends at 25, so rows 26 and 27 are left over.
#
# ??? quiz "Three convolutions in a row, each with same padding and stride 2, on a (28, 28) image: how many rows does the output have?"
#     `{{ output_size(output_size(output_size(28, 3, 2, "same"), 3, 2, "same"), 3, 2, "same") }}`
#
#     Half of 28 is 14, half of 14 is 7, and half of 7, rounded up, is 4. The size of the kernel does not matter.
#
# ??? quiz "How many cells does a kernel of size 3 cover at dilation 3?"
#     `{{ (3 - 1) * 3 + 1 }}`
#
#     Two steps of three cells each, and one cell for the last weight: $(3 - 1) \times 3 + 1$.

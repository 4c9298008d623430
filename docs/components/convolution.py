# %% [markdown] lang="ko"
# # 2차원 합성곱과 특성 맵 {#convolution}
#
# 이 수업을 마치면
#
# - 2차원 합성곱(convolution)을 손으로 계산하고 출력의 크기를 구할 수 있고,
# - 실제 이미지에서 특성 맵의 양수와 음수가 무엇을 뜻하는지 읽을 수 있으며,
# - 필터가 여러 개일 때 출력이 왜 3차원 배열이 되는지 설명할 수 있습니다.
#
# ## 창을 옮기며 손으로 {#by-hand}
#
# [앞 수업](dense.py#conv1d)에서는 가중치 3개를 한 줄 위로 옮겼습니다. 이미지는 행과 열이 있으니 커널(kernel)도 행과 열을 갖습니다.
# (4, 4) 입력의 왼쪽 위에 (3, 3) 커널을 놓고, 겹친 것끼리 곱해 9개를 모두 더합니다.

# %% [markdown] lang="en"
# # Two-dimensional convolution and the feature map {#convolution}
#
# After this lesson you can
#
# - work out a two-dimensional convolution by hand, and the size of its output,
# - read in a real image what positive and negative values of a feature map mean,
# - say why the output is a three-dimensional array when there are several filters.
#
# ## Window by window, by hand {#by-hand}
#
# In [the lesson before](dense.py#conv1d), 3 weights moved along a single row. An image has rows and columns, so the kernel has them too.
# Lay a (3, 3) kernel on the top left of a (4, 4) input, multiply each weight by the pixel under it and add up all 9 products.

# %%
import numpy as np

from cnn_guide.figures import convolution_figure

image = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
kernel = np.array([[1, 0, 2], [0, -1, 0], [1, 0, 0]])

convolution_figure(image, kernel, at=(0, 1))

# %% [markdown] lang="ko"
# 그림의 네모는 커널을 오른쪽으로 한 칸 옮긴 자리이고, 기호 ∗는 합성곱을 뜻합니다. 커널이 읽는 이 네모를 **창**(window)이라고 부르겠습니다.
# 왼쪽 위에서 시작해 오른쪽으로 옮기고, 끝에 닿으면 한 행 내려와 다시 왼쪽부터 옮깁니다. 가중치는 어느 창에서나 같습니다.
#
# 왼쪽 위 창을 직접 계산해 보세요. 그다음 창 네 개를 모두 맞춰 봅니다.

# %% [markdown] lang="en"
# In the figure the box is where the kernel stands after one step to the right, and the sign ∗ means convolution. The part of the input inside this box, which the kernel reads, is the **window**.
# It starts at the top left and moves right; at the end it goes down one row and starts again from the left. The weights are the same in every window.
#
# Work out the top left window yourself. Then check all four.

# %%
from cnn_guide.figures import convolution_steps_figure

convolution_steps_figure(image, kernel)

# %% [markdown] lang="ko"
# 식으로 쓰면 이렇습니다. 행과 열은 모두 0부터 셉니다. 출력의 $r$행 $c$열은 입력의 $r$행 $c$열에서 시작하는 창을 읽습니다. $b$는 절편(bias)입니다.
#
# $$
# z_{r,c} = \sum_{i} \sum_{j} w_{i,j}\, x_{r+i,\,c+j} + b
# $$
#
# ## 출력의 크기 {#output-size}
#
# (4, 4) 입력에서 (3, 3) 커널이 놓일 자리는 가로로 두 곳, 세로로 두 곳입니다. 1차원의 규칙을 행과 열에 따로 쓰면 됩니다.
# 높이가 $h$, 너비가 $w$인 입력에 $(k, l)$ 커널을 한 칸씩 옮기면 출력은 이만큼입니다.
#
# $$
# (h - k + 1) \times (w - l + 1)
# $$
#
# (28, 28) 이미지라면 출력은 몇 행 몇 열일까요? 커널의 행과 열이 다를 때도 적어 본 다음 실행하세요.

# %% [markdown] lang="en"
# As a formula, counting all rows and columns from 0: row $r$, column $c$ of the output reads the window that starts at row $r$, column $c$ of the input. $b$ is the bias.
#
# $$
# z_{r,c} = \sum_{i} \sum_{j} w_{i,j}\, x_{r+i,\,c+j} + b
# $$
#
# ## The size of the output {#output-size}
#
# In a (4, 4) input a (3, 3) kernel has two places across and two down. The one-dimensional rule holds for rows and for columns separately.
# When a $(k, l)$ kernel moves in single steps over an input of height $h$ and width $w$, the output has this size.
#
# $$
# (h - k + 1) \times (w - l + 1)
# $$
#
# How many rows and columns does the output have for a (28, 28) image? Write down your answers, also for kernels that are not square, then run the code.

# %%
from cnn_guide import output_size

for rows, columns in ((3, 3), (5, 5), (3, 5), (1, 1)):
    size = output_size(28, rows), output_size(28, columns)
    print(f"kernel ({rows}, {columns}): output {size}")

# %% [markdown] lang="ko"
# ## 코드로 보면 {#code}
#
# 정의를 그대로 옮기면 반복문 두 개입니다.

# %% [markdown] lang="en"
# ## In code {#code}
#
# Written exactly as defined, it takes two loops.


# %%
def slide(image, kernel):
    rows, columns = kernel.shape
    height = image.shape[0] - rows + 1
    width = image.shape[1] - columns + 1
    output = np.zeros((height, width), int)
    for row in range(height):
        for column in range(width):
            window = image[row : row + rows, column : column + columns]
            output[row, column] = (window * kernel).sum()
    return output


slide(image, kernel)

# %% [markdown] lang="ko"
# 이 함수로도 충분하지만, 창이 수만 개면 파이썬의 반복문은 느립니다. 그래서 패키지의 `conv2d`는 이미지 한 장의 창을 모두 모아
# **행렬 곱 한 번**으로 계산합니다. (4, 4) 입력으로 따라가 봅시다. 창 하나를 한 행에 펼칩니다.

# %% [markdown] lang="en"
# This would do, but with tens of thousands of windows Python's loops are slow. So `conv2d` of the package gathers all windows of an image
# and computes them in **one matrix product**. Follow it on the (4, 4) input: each window becomes one row.

# %%
from cnn_guide.convolution import sliding_windows

windows = sliding_windows(image[..., np.newaxis], (3, 3))
patches = windows.reshape(4, 9)
print(patches)
print("outputs:", patches @ kernel.ravel())

# %% [markdown] lang="ko"
# 첫 행이 왼쪽 위 창, 마지막 행이 오른쪽 아래 창입니다. 펼친 커널을 곱하면 출력 네 개가 한꺼번에 나옵니다.
# 이제 패키지에 있는 함수입니다.
# 설명글(docstring)만 빼고 그대로 보여 줍니다. 설명글은 `help(conv2d)`로 읽을 수 있습니다.

# %% [markdown] lang="en"
# The first row is the window at the top left, the last the one at the bottom right. Multiplied by the flattened kernel, they give all
# four outputs at once. Here is the function as it stands in the package,
# all but its docstring, which `help(conv2d)` shows.

# %% output="python"
import inspect

from cnn_guide import conv2d

signature, docstring, body = inspect.getsource(conv2d).split('"""')
print(signature.rstrip() + body)

# %% [markdown] lang="ko"
# 위에서부터 읽어 봅시다.
#
# 1. 커널에 행과 열만 있으면 `_with_channels`가 축을 두 개 더 붙입니다. 픽셀마다 값이 하나, 필터(filter)가 하나라는 뜻입니다.
#    모양이 서로 맞지 않으면 여기서 까닭을 말하고 멈춥니다.
# 2. `padding_amounts`와 `pad2d`는 입력의 둘레에 값을 덧붙입니다. 기본값은 아무것도 붙이지 않는 것입니다.
#    `stride`와 `dilation`도 기본값이면 커널을 그대로, 한 칸씩 옮깁니다. 이 값들은 다음 두 수업에서 배웁니다.
# 3. `sliding_windows`는 모든 창을 한꺼번에 돌려줍니다. 픽셀을 복사하지 않고 같은 메모리를 들여다볼 뿐입니다.
# 4. `weights`는 필터 하나를 한 열에 펼친 것이고, `patches`는 창 하나를 한 행에 펼친 것입니다.
# 5. `np.matmul`이 이미지 한 장의 모든 창과 모든 필터의 곱과 합을 구합니다. 마지막으로 필터마다 `bias`를 더합니다.
#
# 두 함수의 결과를 비교합니다.

# %% [markdown] lang="en"
# Read it from the top.
#
# 1. If the kernel has only rows and columns, `_with_channels` adds two axes, which say: one value for each pixel, one filter.
#    If the shapes do not fit each other, it stops here and says why.
# 2. `padding_amounts` and `pad2d` add values around the input. By default they add none.
#    With their default values, `stride` and `dilation` leave the kernel as it is and move it in single steps. The next two lessons teach these settings.
# 3. `sliding_windows` returns all windows at once. It copies no pixel; it only looks at the same memory.
# 4. `weights` holds each filter as a column, `patches` each window as a row.
# 5. `np.matmul` multiplies and adds for all windows of an image and all filters. In the end each filter's `bias` is added.
#
# Compare the two functions.

# %%
print("by two loops:", slide(image, kernel).ravel())
print("by conv2d:   ", conv2d(image, kernel).ravel())

# %% [markdown] lang="ko"
# ## 특성 맵 {#feature-map}
#
# 출력도 이미지처럼 행과 열이 있습니다. 출력 한 칸은 **창 안의 조각이 커널이 찾는 모양과 얼마나 맞는지** 나타냅니다.
# 필터 하나가 입력 전체를 지나며 만든 이 출력을 **특성 맵**(feature map)이라고 부릅니다. 특성(feature)은 답을 맞히는 데 쓰는
# 값이고, 맵은 그 특성이 **어디에** 있는지 보여 주는 지도입니다.
#
# 커널은 무엇을 찾을까요? 왼쪽 열은 더하고 오른쪽 열은 빼는 커널입니다. (3, 3) 조각 세 개에 대 보기 전에
# 출력의 부호를 짐작해 보세요.

# %% [markdown] lang="en"
# ## The feature map {#feature-map}
#
# Like an image, the output has rows and columns. One cell tells **how well the patch in the window fits the pattern that the kernel looks for**.
# The output that one filter makes over the whole input is called a **feature map**. A feature is a value that helps to find the answer,
# and the map shows **where** it is.
#
# What does a kernel look for? This one adds the left column and subtracts the right one. Guess the sign of each output
# before you lay it on three (3, 3) patches.

# %%
vertical = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
patches = {
    "larger on the left": [[9, 9, 0], [9, 9, 0], [9, 9, 0]],
    "larger on the right": [[0, 9, 9], [0, 9, 9], [0, 9, 9]],
    "all the same": [[9, 9, 9], [9, 9, 9], [9, 9, 9]],
}
for name, patch in patches.items():
    print(f"{name}: {conv2d(patch, vertical).item()}")

# %% [markdown] lang="ko"
# 값이 왼쪽에서 크면 **양수**, 오른쪽에서 크면 **음수**, 고르면 **0**입니다. 가중치를 모두 더하면 {{ vertical.sum() }}이므로, 고른 곳은 밝든 어둡든 0이 됩니다.
# 이 커널은 세로로 난 경계를 찾고, 부호는 어느 쪽의 값이 큰지 알려 줍니다.
#
# ## 실제 이미지에서 {#edges}
#
# 작은 옷 사진을 모은 Fashion-MNIST의 앵클 부츠입니다. 옷이나 신발이 있는 곳은 값이 크고 배경은 0입니다. 이 안내서는 값이 클수록 어둡게 그립니다.
# 특성 맵에서는 양수를 빨간색, 음수를 파란색, 0을 흰색으로 그립니다. 신발의 왼쪽 경계와 오른쪽 경계는 각각 무슨 색일까요?

# %% [markdown] lang="en"
# It is **positive** where values are larger on the left, **negative** where they are larger on the right, and **0** where they are even. The weights add up to {{ vertical.sum() }},
# so an even area gives 0 whether it is bright or dark. This kernel finds edges that run up and down, and the sign tells which side is larger.
#
# ## On a real image {#edges}
#
# Here is an ankle boot from Fashion-MNIST, a set of small pictures of clothes. Where there is a garment or a shoe, values are large; the background is 0. This guide draws
# larger values darker. In a feature map, positive is red, negative blue and 0 white. What colour will the left edge of the boot be, and the right?

# %%
from cnn_guide.fashion_mnist import load, scale
from cnn_guide.figures import edge_figure

data = load()
images = scale(data.train_images)[..., 0]
boot = images[data.train_labels == 9][0]
edges = {"vertical": vertical, "horizontal": vertical.T}
edge_figure(boot, edges, padding="valid")

# %% [markdown] lang="ko"
# 왼쪽 경계에서는 배경(0)이 왼쪽, 신발이 오른쪽이므로 음수(파란색)입니다. 오른쪽 경계는 양수(빨간색)입니다.
# 신발 안쪽처럼 고른 곳은 흰색에 가깝습니다. 가로 경계 커널은 위쪽 경계에서 음수, 바닥에서 양수를 냅니다.
#
# 커널을 두 개 더 써 봅시다. 아래 숫자만 보고 맵이 어떤 모습일지 짐작해 보세요. 마지막 커널의 가중치는 모두 $1 / 9$입니다.

# %% [markdown] lang="en"
# At the left edge the background (0) is on the left and the boot on the right, so the map is negative (blue). The right edge is positive (red).
# An even area, such as the inside of the boot, is nearly white. The kernel for horizontal edges is negative along the top and positive at the sole.
#
# Try two more kernels. From the numbers alone, guess what their maps will look like. All weights of the last one are $1 / 9$.

# %%
others = {
    "diagonal": np.array([[1, 1, 0], [1, 0, -1], [0, -1, -1]]),
    "blur": np.full((3, 3), 1 / 9),
}
edge_figure(boot, others, padding="valid")

# %%
kernels = {**edges, **others}
for name, weights in kernels.items():
    feature_map = conv2d(boot, weights)
    print(f"{name:10} {feature_map.min():5.2f} to {feature_map.max():.2f}")

# %% [markdown] lang="ko"
# 대각선 커널은 왼쪽 아래에서 오른쪽 위로 기운 경계에 가장 강하게 반응합니다. 마지막 커널은 경계를 찾지 않습니다. 이웃 9개의 평균을 내므로 이미지가 흐려질 뿐이고,
# 가중치에도 픽셀에도 음수가 없어서 맵에도 음수가 없습니다.
#
# 여기서는 커널을 손으로 골랐습니다. 합성곱 신경망(convolutional neural network)은 커널의 값을 **훈련으로** 찾습니다. 계산은 똑같습니다.
#
# ## 필터가 여러 개면 {#filters}
#
# 커널마다 특성 맵이 하나씩 나왔습니다. 이 맵들을 겹겹이 쌓으면 하나의 배열이 됩니다. (28, 28) 이미지에 (3, 3) 필터가 4개면
# 쌓은 배열의 모양은 무엇일까요?

# %% [markdown] lang="en"
# The diagonal kernel responds most strongly to edges that rise from the lower left to the upper right. The last kernel finds no edges at all. It takes the mean of 9 neighbours, which merely
# blurs the image, and as neither its weights nor the pixels are negative, nothing in its map is.
#
# Here the kernels were chosen by hand. A convolutional neural network finds their values **by training**. The computation is the same.
#
# ## With several filters {#filters}
#
# Each kernel gave one feature map. Stack the maps, and they become a single array. With a (28, 28) image and 4 filters of size (3, 3),
# what shape does the stack have?

# %%
filters = np.stack(list(kernels.values()), axis=-1)  # (3, 3, 4)
filters = filters[:, :, np.newaxis, :]  # one value for each pixel
stack = conv2d(boot[..., np.newaxis], filters)
print("filters", filters.shape)
print("output ", stack.shape)

# %%
from cnn_guide.figures import stack_figure

stack_figure(stack)

# %% [markdown] lang="ko"
# 출력은 {{ stack.shape }}, 곧 **(높이, 너비, 필터)**입니다. 특성 맵 하나는 2차원이고, 쌓으면 3차원 배열이 됩니다.
# 마지막 축의 크기는 언제나 필터의 개수와 같습니다. 필터끼리는 서로 영향을 주지 않아서, 한꺼번에 계산해도 하나씩 계산한 것과 같습니다.

# %% [markdown] lang="en"
# The output is {{ stack.shape }}: **(height, width, filters)**. A single feature map has two dimensions; stacked, they make a three-dimensional array.
# The length of the last axis is always the number of filters. Filters do not influence each other: computed together, each gives what it gives alone.

# %%
alone = [conv2d(boot, weights) for weights in kernels.values()]
apart = np.abs(stack - np.stack(alone, axis=-1)).max()
print(f"largest difference {apart:.1e}")

# %% [markdown] lang="ko"
# 가장 큰 차이는 {{ f"{apart:.1e}" }}입니다. float32의 반올림 오차일 뿐입니다.
#
# ## 옮기면 따라 옮겨집니다 {#shift}
#
# 모든 자리에서 같은 가중치를 쓰면 한 가지 좋은 성질이 생깁니다. 드레스를 오른쪽으로 4칸 옮겨 봅시다.
# 특성 맵은 어떻게 될까요? 네모는 값이 가장 큰 창입니다.

# %% [markdown] lang="en"
# The largest difference is {{ f"{apart:.1e}" }}: rounding in float32, nothing more.
#
# ## Shift the image, and the map shifts {#shift}
#
# Using the same weights at every place has a welcome effect. Move a dress 4 columns to the right.
# What happens to its feature map? The box marks the window of the largest value.

# %%
from cnn_guide.figures import shift_figure

dress = images[data.train_labels == 3][0]
moved = np.roll(dress, 4, axis=1)
shift_figure(dress, moved, vertical)

# %% [markdown] lang="ko"
# 맵도 똑같이 4칸 옮겨 간 것처럼 보입니다. 눈으로만 보지 말고 재어 봅시다. `np.roll`은 오른쪽 끝에서 밀려난 열을
# 왼쪽 끝에 붙이므로, 새로 들어온 왼쪽 4열은 빼고 비교합니다.

# %% [markdown] lang="en"
# The map seems to have moved by 4 columns as well. Do not just trust your eyes; measure it. `np.roll` puts the columns pushed out at the right
# back in at the left, so leave out the 4 columns that are new at the left.

# %%
before, after = conv2d(dress, vertical), conv2d(moved, vertical)
difference = np.abs(after[:, 4:] - before[:, :-4]).max()

dense_weights = np.random.default_rng(0).normal(size=(4, 28 * 28))
print("convolution, difference:", difference)
print("dense, before:", np.round(dense_weights @ dress.ravel(), 1))
print("dense, after: ", np.round(dense_weights @ moved.ravel(), 1))

# %% [markdown] lang="ko"
# 합성곱의 차이는 {{ difference }}입니다. **입력을 옮기면 특성 맵도 그만큼 옮겨집니다.** 이 성질을 이동 등변성(translation equivariance)이라고 합니다.
# 값이 그대로 제자리에 있다는 뜻이 아니라 자리가 따라간다는 뜻입니다. 반면 밀집층의 출력은 전혀 다른 값이 됩니다.
# 밀집층은 옮긴 드레스를 처음 보는 입력처럼 다시 배워야 합니다.
#
# 조건이 하나 있습니다. 이미지 밖으로 밀려난 픽셀은 읽을 수 없으므로, 이 성질은 가장자리에서 떨어진 곳에서만 성립합니다.
#
# ## 직접 움직여 보기 {#explorer}
#
# <div class="cnn-explorer" data-question="convolution"></div>
#
# ## Keras와 비교하기 {#check}
#
# 크기가 다른 커널 네 가지로 `Conv2D`와 비교합니다. 가중치와 절편은 Keras 층의 것을 그대로 씁니다.

# %% [markdown] lang="en"
# For the convolution the difference is {{ difference }}. **Shift the input, and the feature map shifts with it.** This is called translation equivariance.
# It does not mean that values stay where they are, but that they move along. The outputs of the dense layer are altogether different:
# it would have to learn the moved dress anew, like an input it has never seen.
#
# There is one condition. Pixels pushed out of the image cannot be read, so this holds only away from the border.
#
# ## Move it yourself {#explorer}
#
# <div class="cnn-explorer" data-question="convolution"></div>
#
# ## Checked against Keras {#check}
#
# Compare our function with `Conv2D` for four kernel sizes. Both use the weights and biases of the Keras layer.

# %%
import keras

keras.utils.set_random_seed(0)
batch = images[:20, :, :, np.newaxis]
differences = {}
for size in ((3, 3), (2, 2), (3, 5), (7, 7)):
    layer = keras.layers.Conv2D(8, size, bias_initializer="random_normal")
    expected = layer(batch).numpy()
    weights, bias = layer.get_weights()
    ours = conv2d(batch, weights, bias)
    differences[size] = np.abs(ours - expected).max()
worst = max(differences.values())
print(f"output {ours.shape}, largest difference {worst:.1e}")

# %% [markdown] lang="ko"
# {{ len(differences) }}가지 커널에서 가장 큰 차이가 {{ f"{worst:.1e}" }}입니다. float32의 반올림 오차일 뿐입니다.
# 출력의 맨 앞 축은 이미지의 개수입니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(32, 32) 이미지에 (7, 7) 필터 16개를 한 칸씩 옮기면 출력의 모양은 무엇인가요?"
#     `{{ (output_size(32, 7), output_size(32, 7), 16) }}`
#
#     높이와 너비는 $32 - 7 + 1$이고, 마지막 축은 필터의 개수입니다.
#
# ??? quiz "이 수업의 (4, 4) 입력에 커널 [[1, 0], [0, -1]]을 적용합니다. 오른쪽 아래 출력은 얼마인가요?"
#     `{{ conv2d(image, [[1, 0], [0, -1]])[-1, -1] }}`
#
#     마지막 창은 [[1, 1], [5, 8]]입니다. $1 \times 1 + 8 \times (-1)$을 계산합니다.
#
# ??? quiz "모든 픽셀이 5인 (4, 4) 이미지에 세로 경계 커널을 적용하면 출력값은 얼마인가요?"
#     `{{ conv2d(np.full((4, 4), 5), vertical)[0, 0] }}`
#
#     왼쪽 열에서 더한 만큼 오른쪽 열에서 빼기 때문에, 고른 이미지에는 경계가 없습니다.

# %% [markdown] lang="en"
# Over {{ len(differences) }} kernels the largest difference is {{ f"{worst:.1e}" }}: rounding in float32, nothing more.
# The first axis of the output counts the images.
#
# ## Exercises {#exercises}
#
# ??? quiz "16 filters of size (7, 7) move in single steps over a (32, 32) image. What shape does the output have?"
#     `{{ (output_size(32, 7), output_size(32, 7), 16) }}`
#
#     Height and width are $32 - 7 + 1$, and the last axis is the number of filters.
#
# ??? quiz "Apply the kernel [[1, 0], [0, -1]] to the (4, 4) input of this lesson. What is the output at the bottom right?"
#     `{{ conv2d(image, [[1, 0], [0, -1]])[-1, -1] }}`
#
#     The last window is [[1, 1], [5, 8]]: compute $1 \times 1 + 8 \times (-1)$.
#
# ??? quiz "All pixels of a (4, 4) image are 5. What are the outputs of the kernel for vertical edges?"
#     `{{ conv2d(np.full((4, 4), 5), vertical)[0, 0] }}`
#
#     The left column adds what the right column takes away: an even image has no edges.

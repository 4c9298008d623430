# %% [markdown] lang="ko"
# # 패딩 {#padding}
#
# 이 수업을 마치면
#
# - 세임 패딩(same padding)과 밸리드 패딩(valid padding)의 출력 크기를 손으로 구할 수 있고,
# - 가장자리 픽셀이 왜 덜 쓰이는지 숫자로 말할 수 있으며,
# - 스트라이드(stride)가 2이거나 커널(kernel)의 크기가 짝수일 때 0이 어느 쪽에 몇 줄 붙는지 알게 됩니다.
#
# ## 가장자리는 몇 번 읽힐까요? {#how-often}
#
# (4, 4) 입력 위로 (3, 3) 커널을 한 칸씩 움직입니다. 커널이 놓일 수 있는 자리는 네 곳뿐입니다.
# 먼저 생각해 보세요. 왼쪽 위 픽셀은 몇 번 읽히고, 가운데 픽셀은 몇 번 읽힐까요?

# %% [markdown] lang="en"
# # Padding {#padding}
#
# After this lesson you can
#
# - work out the output size of same padding and of valid padding by hand,
# - say in numbers why pixels at the edge count for less,
# - tell on which side zeros are added, and how many, when the stride is 2 or the kernel is even.
#
# ## How often is an edge pixel read? {#how-often}
#
# Slide a (3, 3) kernel over a (4, 4) input, one step at a time. There are only four places where it fits.
# Think first: how many times is the top left pixel read, and how many times a pixel in the middle?

# %%
from cnn_guide import pixel_use

use = pixel_use((4, 4), kernel=3, padding="valid")
use

# %% [markdown] lang="ko"
# 모서리는 {{ use[0, 0] }}번, 가운데는 {{ use[1, 1] }}번입니다. 옷깃이나 신발 끝처럼 가장자리에 놓인 정보는
# 그만큼 특성 맵(feature map)에 적게 남습니다.
#
# **패딩**(padding)은 입력 둘레에 값을 덧붙여 커널이 움직일 자리를 넓히는 일입니다. 보통 0을 붙이므로
# **제로 패딩**(zero padding)이라고도 부릅니다. 아무것도 붙이지 않는 것을 **밸리드 패딩**이라고 합니다. 커널을 한 칸씩 옮길 때,
# 곧 스트라이드가 1일 때 출력이 입력과 같은 크기가 되도록 붙이는 것을 **세임 패딩**이라고 합니다.

# %% [markdown] lang="en"
# The corner is read {{ "once" if use[0, 0] == 1 else f"{use[0, 0]} times" }}, the middle {{ use[1, 1] }} times. What lies at the edge, a collar or the tip of a shoe,
# counts for that much less in the feature map.
#
# **Padding** adds values around the input, so that the kernel has more room to move. They are usually zeros,
# hence the name **zero padding**. Adding nothing is called **valid padding**; adding just enough for the output
# to be as large as the input when the kernel moves in single steps, that is at stride 1, is called **same padding**.

# %%
from cnn_guide.figures import pixel_use_figure

pixel_use_figure((4, 4), kernel=3, paddings=("valid", "same"))

# %% [markdown] lang="ko"
# 오른쪽이 세임 패딩입니다. 둘레에 0을 한 줄 두르면 모서리도 {{ pixel_use((4, 4), 3, padding="same")[0, 0] }}번 읽힙니다.
# 그래도 가운데의 {{ pixel_use((4, 4), 3, padding="same")[1, 1] }}번보다는 적습니다.
#
# !!! warning "흔한 오해"
#     "패딩을 하면 모든 픽셀이 똑같이 쓰인다"는 말은 틀립니다. 차이가 줄어들 뿐입니다.
#
# ## 몇 줄을 붙여야 할까요? {#how-many}
#
# 크기가 $n$인 입력에 크기가 $k$인 커널을 한 칸씩 움직이면 커널은 $n - k + 1$곳에 놓입니다.
# 입력보다 $k - 1$만큼 모자라지요. 그러니 앞뒤를 합쳐 $k - 1$줄을 붙이면 출력의 크기가 입력과 같아집니다.
#
# $$
# (n + (k - 1)) - k + 1 = n
# $$
#
# "패딩은 한 픽셀을 두르는 것"이라는 설명은 커널이 3일 때만 맞습니다. 커널이 5나 7이면 몇 줄이 필요할까요?

# %% [markdown] lang="en"
# On the right is same padding. With one ring of zeros the corner is read {{ pixel_use((4, 4), 3, padding="same")[0, 0] }} times.
# That is still fewer than the {{ pixel_use((4, 4), 3, padding="same")[1, 1] }} of the middle.
#
# !!! warning "A common misconception"
#     "With padding, all pixels are used equally" is wrong. The difference shrinks; it does not vanish.
#
# ## How many rows does it take? {#how-many}
#
# A kernel of size $k$ that moves one step at a time over an input of size $n$ fits in $n - k + 1$ places.
# That is $k - 1$ fewer than the input has rows. So adding $k - 1$ rows, counting both sides, makes the output as large as the input.
#
# $$
# (n + (k - 1)) - k + 1 = n
# $$
#
# "Padding is a ring of one pixel" is true only of a kernel of size 3. How many rows do kernels of size 5 and 7 need?

# %%
from cnn_guide import padding_amounts

for kernel in (1, 2, 3, 4, 5, 7):
    (top, bottom), _ = padding_amounts((28, 28), kernel, padding="same")
    print(f"kernel {kernel}: {top} above + {bottom} below = {top + bottom}")

# %% [markdown] lang="ko"
# 홀수 커널은 위아래로 똑같이 나뉩니다. 짝수 커널은 $k - 1$이 홀수라서 한 줄이 남습니다. Keras와 TensorFlow는
# 남는 한 줄을 **아래와 오른쪽**에 붙입니다. `scipy.ndimage`처럼 위와 왼쪽에 붙이는 도구도 있으므로, 다른 도구의 결과와
# 비교할 때는 이것부터 확인하세요.

# %% [markdown] lang="en"
# For an odd kernel the rows split evenly. For an even one $k - 1$ is odd, and one row is left over. Keras and TensorFlow put it
# at the **bottom and right**. Others, such as `scipy.ndimage`, put it at the top and left, so look there first when
# results differ.

# %%
import numpy as np

from cnn_guide.figures import padding_figure

image = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
padding_figure(image, padding_amounts(image.shape, kernel=4, padding="same"))

# %% [markdown] lang="ko"
# ## 스트라이드가 2라면? {#stride-two}
#
# 스트라이드는 커널을 한 번에 몇 칸 옮기는지를 나타냅니다. 스트라이드가 $s$이면 세임 패딩의 뜻이 달라집니다. 출력의 크기는 입력과 같지 않고 $\left\lceil n / s \right\rceil$, 곧 나눈 값을 올림한 수입니다.
# 마지막 창은 $(\left\lceil n / s \right\rceil - 1)\,s$에서 시작해 $k$칸을 덮습니다. 그러고도 모자라는 만큼만 0을 붙입니다.
#
# $$
# p = \max\left((\left\lceil n / s \right\rceil - 1)\,s + k - n,\ 0\right)
# $$
#
# (28, 28) 이미지에 커널 3, 스트라이드 2입니다. 0은 위아래에 몇 줄씩 붙을까요? 답을 적고 나서 실행해 보세요.

# %% [markdown] lang="en"
# ## And at stride 2? {#stride-two}
#
# The stride is how many cells the kernel moves at a time. At stride $s$, same padding means something else. The output is not as large as the input but $\left\lceil n / s \right\rceil$, the quotient rounded up.
# The last window starts at $(\left\lceil n / s \right\rceil - 1)\,s$ and covers $k$ cells; only what is missing there is added.
#
# $$
# p = \max\left((\left\lceil n / s \right\rceil - 1)\,s + k - n,\ 0\right)
# $$
#
# Take a (28, 28) image, kernel 3, stride 2. How many rows of zeros go above, how many below? Write down your answer, then run it.

# %%
from cnn_guide import output_size

rows, columns = padding_amounts((28, 28), kernel=3, stride=2, padding="same")
print("rows (top, bottom):", rows)
print("output:", output_size(28, kernel=3, stride=2, padding="same"))

# %% [markdown] lang="ko"
# 위에는 {{ rows[0] }}줄, 아래에는 {{ rows[1] }}줄입니다. $p = (14 - 1) \times 2 + 3 - 28 = 1$이기 때문입니다.
# 스트라이드 1일 때의 $k - 1 = 2$와 다릅니다.
#
# 0을 어느 쪽에 붙이느냐는 결과를 바꿉니다. 위에도 한 줄을 붙이면 모든 창이 한 칸씩 어긋나기 때문입니다.
#
# ## 코드로 보면 {#code}
#
# 패딩을 붙이는 함수는 이 몇 줄이 전부입니다. 패키지에 있는 그대로입니다.

# %% [markdown] lang="en"
# {{ "None" if rows[0] == 0 else rows[0] }} above, {{ "one" if rows[1] == 1 else rows[1] }} below, because $p = (14 - 1) \times 2 + 3 - 28 = 1$.
# That is not the $k - 1 = 2$ of stride 1.
#
# The side on which the zeros go changes the result: one more row at the top would shift every window by one.
#
# ## In code {#code}
#
# The function that adds padding takes only these few lines, as they stand in the package.

# %% output="python"
import inspect

from cnn_guide import pad2d

print(inspect.getsource(pad2d))

# %% [markdown] lang="ko"
# ## 0이 만드는 가짜 가장자리 {#false-edge}
#
# 0은 아무 정보도 없는 값처럼 보이지만, 커널에게는 **다른 픽셀과 똑같은 픽셀**일 뿐입니다. 이미지의 가장자리가 0이 아니면
# 덧붙인 0과의 경계가 새로 생깁니다. 실제 옷 사진에 세로 가장자리를 찾는 커널을 적용해 보겠습니다.

# %% [markdown] lang="en"
# ## The false edge that zeros make {#false-edge}
#
# A zero looks like no information at all, but to a kernel it is a **pixel like any other**. Where the border of the
# image is not 0, the added zeros draw a new edge. Take a real garment and a kernel that finds vertical edges.

# %%
from cnn_guide import conv2d
from cnn_guide.fashion_mnist import load, scale

data = load()
images = scale(data.train_images)[..., 0]
border = images[:, :, -1].mean(axis=1)  # how dark the right-hand column is
garment = images[border.argmax()]
vertical_edges = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], np.float32)
maps = {padding: conv2d(garment, vertical_edges, padding=padding) for padding in ("valid", "same")}
{padding: map.shape for padding, map in maps.items()}

# %%
from cnn_guide.figures import edge_figure

edge_figure(garment, {"vertical": vertical_edges})

# %% [markdown] lang="ko"
# 오른쪽 가장자리를 보세요. 옷은 그 바깥으로 이어지지만, 세임 패딩에서는 마지막 열에 {{ f"{np.abs(maps['same'][:, -1]).max():.1f}" }}까지
# 큰 값이 생깁니다. 옷에 있는 선이 아니라 **0과 옷의 경계**입니다. 밸리드 패딩의 출력에는 이 열이 아예 없습니다.
#
# 그래서 패딩은 공짜가 아닙니다. 크기를 지키고 가장자리를 더 읽는 대신, 가장자리에서 실제로는 없는 경계를 봅니다.
# Fashion-MNIST처럼 둘레가 대부분 비어 있는(0인) 이미지에서는 손해가 작습니다.
#
# ## 직접 움직여 보기 {#explorer}
#
# <div class="cnn-explorer" data-question="padding"></div>
#
# ## Keras와 비교하기 {#check}
#
# 우리가 쓴 규칙이 Keras의 규칙과 같은지 확인합니다. 짝수 커널과 스트라이드 2, 3을 모두 넣어 봅니다.

# %% [markdown] lang="en"
# Look at the right-hand border. The garment goes on beyond it, yet with same padding the last column holds values
# up to {{ f"{np.abs(maps['same'][:, -1]).max():.1f}" }}. No line of the garment is there: it is **the border between garment and zeros**. The output
# of valid padding does not have that column at all.
#
# So padding is not free. It keeps the size and reads the edge more often, and in exchange sees edges that do not exist.
# Where most of the border is empty (0) anyway, as in Fashion-MNIST, the price is small.
#
# ## Move it yourself {#explorer}
#
# <div class="cnn-explorer" data-question="padding"></div>
#
# ## Checked against Keras {#check}
#
# Is the rule that we wrote by hand the rule of Keras? The test includes even kernels and strides of 2 and 3.

# %%
import keras

batch = np.random.default_rng(0).normal(size=(2, 19, 20, 8)).astype("float32")
differences = {}
for kernel in (2, 3, 4, 5):
    for stride in (1, 2, 3):
        layer = keras.layers.Conv2D(4, kernel, strides=stride, padding="same")
        expected = layer(batch).numpy()
        weights, bias = layer.get_weights()
        ours = conv2d(batch, weights, bias, stride=stride, padding="same")
        differences[kernel, stride] = np.abs(ours - expected).max()
worst = max(differences.values())
print(f"{len(differences)} cases, largest difference {worst:.1g}")

# %% [markdown] lang="ko"
# {{ len(differences) }}가지 경우에서 가장 큰 차이가 {{ f"{worst:.1g}" }}입니다. float32의 반올림 오차를 넘지 않습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(28, 28) 이미지에 (5, 5) 커널을 밸리드 패딩, 스트라이드 1로 적용하면 출력은 몇 행인가요?"
#     `{{ output_size(28, 5) }}`
#
#     커널이 놓이는 자리는 $28 - 5 + 1$곳입니다.
#
# ??? quiz "커널이 (7, 7), 스트라이드가 1일 때 세임 패딩은 위에 몇 줄을 붙이나요?"
#     `{{ padding_amounts((28, 28), 7, padding="same")[0][0] }}`
#
#     모두 $7 - 1$줄이 필요하고, 홀수 커널이므로 위아래로 똑같이 나뉩니다.
#
# ??? quiz "(5, 5) 입력에 (2, 2) 커널, 세임 패딩, 스트라이드 1이면 오른쪽 아래 모서리 픽셀은 몇 번 읽히나요?"
#     `{{ pixel_use((5, 5), 2, padding="same")[-1, -1] }}`
#
#     0이 아래와 오른쪽에 붙으므로, 오른쪽 아래 픽셀은 가운데 픽셀과 똑같이 읽힙니다.
#     왼쪽 위 모서리는 {{ pixel_use((5, 5), 2, padding="same")[0, 0] }}번뿐입니다.

# %% [markdown] lang="en"
# Over {{ len(differences) }} cases the largest difference is {{ f"{worst:.1g}" }}: no more than rounding in float32.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many rows does the output have for a (28, 28) image, a (5, 5) kernel, valid padding and stride 1?"
#     `{{ output_size(28, 5) }}`
#
#     The kernel fits in $28 - 5 + 1$ places.
#
# ??? quiz "How many rows does same padding add at the top for a (7, 7) kernel at stride 1?"
#     `{{ padding_amounts((28, 28), 7, padding="same")[0][0] }}`
#
#     It takes $7 - 1$ rows in all, and an odd kernel splits them evenly.
#
# ??? quiz "A (5, 5) input, a (2, 2) kernel, same padding, stride 1: how often is the bottom right pixel read?"
#     `{{ pixel_use((5, 5), 2, padding="same")[-1, -1] }}`
#
#     The zeros go to the bottom and right, so that pixel is read as often as one in the middle.
#     The top left corner is read only {{ "once" if pixel_use((5, 5), 2, padding="same")[0, 0] == 1 else "a few times" }}.

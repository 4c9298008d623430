# %% [markdown] lang="ko"
# # 풀링 {#pooling}
#
# 이 수업을 마치면
#
# - 최대 풀링(max pooling)과 평균 풀링(average pooling)을 손으로 계산할 수 있고,
# - 풀링(pooling)이 합성곱(convolution)과 무엇이 같고 무엇이 다른지 말할 수 있으며,
# - 이미지가 조금 밀렸을 때 풀링이 그것을 얼마나 눈감아 주는지 잰 숫자로 말할 수 있습니다.
#
# ## 특성 맵을 줄입니다 {#shrink}
#
# **풀링**은 특성 맵(feature map) 위로 창(window)을 옮기면서 창마다 값을 **하나만** 남기는 일입니다. 특성 맵의 크기를 줄일 뿐,
# 특성 맵의 **개수는 줄이지 않습니다.**
#
# 필터(filter) 세 개가 만든 (2, 2, 3) 특성 맵이 있습니다. (2, 2) 창으로 풀링하면 어떤 크기가 될까요?

# %% [markdown] lang="en"
# # Pooling {#pooling}
#
# After this lesson you can
#
# - work out max pooling and average pooling by hand,
# - say what pooling has in common with convolution, and what it has not,
# - tell in measured numbers how well pooling tolerates a small shift of the image.
#
# ## It shrinks feature maps {#shrink}
#
# **Pooling** moves a window over a feature map and keeps just **one** value for each window. It makes the feature maps smaller;
# it does **not reduce their number**.
#
# Three filters have made feature maps of shape (2, 2, 3). Pool them with a (2, 2) window: what is the shape now?

# %%
import numpy as np

from cnn_guide import avg_pool2d, max_pool2d

maps = np.array([[[3, 0, 5], [1, 8, 5]], [[6, 4, 5], [2, 0, 1]]])
pooled = max_pool2d(maps, pool_size=2)
print(maps.shape, "->", pooled.shape)

# %%
from cnn_guide.figures import pooling_figure

pooling_figure(maps)

# %% [markdown] lang="ko"
# 한 줄이 특성 맵 하나, 곧 채널(channel) 하나입니다. {{ maps.shape }}이 {{ pooled.shape }}이 되었습니다. 특성 맵은 여전히 {{ pooled.shape[-1] }}개이고,
# 값은 {{ maps.size }}개에서 {{ pooled.size }}개로 줄었습니다. 채널끼리는 섞이지 않습니다.
#
# ## 최대 풀링과 평균 풀링 {#max-and-average}
#
# 창에서 가장 큰 값을 남기면 **최대 풀링**, 평균을 남기면 **평균 풀링**입니다. 합성곱에서 쓰던 (4, 4) 입력으로 두 가지를
# 모두 계산해 보세요. 답을 적은 다음에 그림을 보세요.

# %% [markdown] lang="en"
# Each row is one feature map, that is, one channel. {{ maps.shape }} has become {{ pooled.shape }}. There are still {{ pooled.shape[-1] }} feature maps;
# of {{ maps.size }} values, {{ pooled.size }} are left. The channels are not mixed.
#
# ## Max and average pooling {#max-and-average}
#
# **Max pooling** keeps the largest value of the window, **average pooling** keeps the mean. Work out both for the (4, 4) input
# that we used for convolution. Write down your answers, then look at the figure.

# %%
image = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
pooling_figure(image, pool_size=2)

# %% [markdown] lang="ko"
# 실선 창에는 3, 1, 6, 4가 있습니다. 가장 큰 값은 {{ max_pool2d(image)[0, 0] }}, 평균은 {{ avg_pool2d(image)[0, 0] }}입니다. 점선 창은 바로 옆에서 시작합니다.
# 창이 풀링 크기만큼 움직이므로 두 창은 겹치지 않습니다.
#
# 최대 풀링은 "이 근처 어딘가에 찾던 무늬가 **있었는가**"를 남깁니다. 평균 풀링은 "이 근처에 **얼마나** 있었는가"를 남깁니다.
# 무늬가 창의 한 칸에만 있을 때 최대 풀링은 그 값을 그대로 지키지만 평균 풀링은 나머지 칸과 섞어 흐리게 합니다.
# 실제 옷 사진에 적용해 보겠습니다.

# %% [markdown] lang="en"
# The window drawn with a solid line holds 3, 1, 6 and 4. The largest is {{ max_pool2d(image)[0, 0] }}, the mean is {{ avg_pool2d(image)[0, 0] }}. The dashed window starts right beside it:
# the window moves by the pool size, so the two do not overlap.
#
# Max pooling keeps whether the pattern looked for **was there**, somewhere near. Average pooling keeps **how much** of it was there.
# When the pattern is in only one cell of the window, max pooling keeps its value as it is; average pooling mixes it with the other cells.
# Apply both to a real garment, with windows of (2, 2) and (4, 4).

# %%
from cnn_guide.fashion_mnist import load, scale
from cnn_guide.figures import pooled_maps_figure

data = load()
garment = scale(data.train_images[:1])[0, :, :, 0]
pooled_maps_figure(garment, pool_sizes=(2, 4))

# %% [markdown] lang="ko"
# 위가 최대 풀링, 아래가 평균 풀링입니다. 최대 풀링에서는 값이 큰 픽셀(여기서는 짙은 픽셀)이 넓어지고, 평균 풀링에서는 경계가 흐려집니다.
#
# 패키지의 코드는 이렇습니다. 설명글(docstring)만 빼고 보여 드립니다. `pool`은 창을 옮기며 창마다 값을 하나로 모으는 함수입니다.
# 두 풀링은 모으는 방법만 다릅니다. 최대 풀링은 큰 쪽을 남기고(`np.fmax`), 평균 풀링은 더한 다음(`np.add`) 픽셀의 수로 나눕니다.

# %% [markdown] lang="en"
# Max pooling is above, average pooling below. With max pooling the pixels of large values (the dark ones here) spread; with average pooling
# the edges blur.
#
# This is the code of the package, without its docstrings. `pool` moves the window and combines what lies in it into one value.
# The two differ only in how they combine: max pooling keeps the larger value (`np.fmax`), average pooling adds up (`np.add`) and divides by the number of pixels.

# %% output="python"
import inspect

for function in (max_pool2d, avg_pool2d):
    head, docstring, body = inspect.getsource(function).split('"""')
    print(head.rstrip() + body)

# %% [markdown] lang="ko"
# ## 가중치가 없습니다 {#no-weights}
#
# 창을 옮긴다는 점에서 풀링은 합성곱과 비슷합니다. 그런데 풀링 층(pooling layer)의 가중치(weight)는 몇 개일까요?

# %% [markdown] lang="en"
# ## It has no weights {#no-weights}
#
# Pooling moves a window, as convolution does. But how many weights does a pooling layer have?

# %%
import keras

layers = [
    keras.layers.Conv2D(3, kernel_size=2, strides=2),
    keras.layers.MaxPooling2D(pool_size=2),
    keras.layers.AveragePooling2D(pool_size=2),
]
for layer in layers:
    layer.build((None, 4, 4, 3))
    print(type(layer).__name__, layer.count_params())

# %% [markdown] lang="ko"
# 크기가 같은 창을 쓰는 합성곱 층(convolutional layer)은 가중치와 절편(bias)이 모두 {{ layers[0].count_params() }}개, 풀링 층은 {{ layers[1].count_params() }}개입니다. 풀링에는 훈련으로 정할 것이 없습니다.
#
# 또 하나가 다릅니다. 합성곱의 필터는 모든 채널을 함께 읽어 더합니다([채널 수업](channels.py#channels)에서 다룹니다). 풀링은 **채널마다 따로** 합니다. 첫째 채널의 값을 모두
# 바꾸어도 다른 채널의 결과는 그대로입니다.

# %% [markdown] lang="en"
# The convolutional layer with a window of that size has {{ layers[0].count_params() }} weights and biases, the pooling layers have {{ layers[1].count_params() }}. There is nothing for training to set.
#
# One more thing is different. A filter of a convolution reads all channels together and adds them up (see the [channels lesson](channels.py#channels)); pooling takes **each channel alone**.
# Change every value of the first channel, and the results of the others stay the same.

# %%
changed = maps.copy()
changed[:, :, 0] += 100
print("before:", max_pool2d(maps)[0, 0])
print("after: ", max_pool2d(changed)[0, 0])

# %% [markdown] lang="ko"
# 평균 풀링은 가중치가 모두 똑같이 {{ 1 / 4 }}로 **정해진** 합성곱을 채널마다 따로 하는 것과 같습니다. 최대 풀링은 어떤 가중치로도
# 흉내 낼 수 없습니다. 곱해서 더하는 계산이 아니기 때문입니다.

# %% [markdown] lang="en"
# Average pooling is a convolution with **fixed** weights, here all {{ 1 / 4 }}, on each channel alone. No weights of a convolution can imitate
# max pooling, because the largest value is not a sum of products.

# %%
from cnn_guide import conv2d

print(conv2d(image, np.full((2, 2), 1 / 4), stride=2))
print(avg_pool2d(image))

# %% [markdown] lang="ko"
# ## 겹쳐도 됩니다 {#overlap}
#
# "풀링은 겹치지 않게 움직인다"는 설명을 흔히 봅니다. 겹치지 않는 것은 **기본값**일 뿐입니다. Keras는 스트라이드(stride)를 따로 정하지 않으면
# 풀링 크기와 같게 합니다. 스트라이드를 더 작게 정하면 창이 겹칩니다. (3, 3) 창을 두 칸씩 움직이는 풀링이 그 예입니다.

# %% [markdown] lang="en"
# ## Windows may overlap {#overlap}
#
# "Pooling windows do not overlap", one often reads. That is only the **default**: unless you set the stride, Keras makes it equal to the
# pool size. Set a smaller stride, and the windows overlap. Here a (3, 3) window moves two steps at a time.

# %%
larger = np.array(
    [
        [3, 1, 0, 7, 6],
        [4, 8, 2, 4, 5],
        [1, 1, 9, 3, 2],
        [5, 8, 0, 2, 1],
        [6, 3, 4, 7, 5],
    ]
)
pooling_figure(larger, pool_size=3, stride=2)

# %%
for strides in (None, 2):
    layer = keras.layers.MaxPooling2D(pool_size=3, strides=strides)
    print(strides, "->", layer.strides)

# %% [markdown] lang="ko"
# `None`, 곧 정하지 않았을 때는 풀링 크기와 같아졌습니다. 그림의 두 창은 가운데 열을 함께 읽습니다. 이 예에서는 한가운데의 {{ larger[2, 2] }} 하나가 출력 {{ (max_pool2d(larger, 3, 2) == larger[2, 2]).sum() }}개를 모두 차지했습니다.
#
# !!! warning "흔한 오해"
#     "합성곱의 창은 겹치고 풀링의 창은 겹치지 않는다"는 말은 틀립니다. 풀링은 **가중치가 없고 채널마다 따로** 계산한다는 점이 다릅니다.
#     창이 움직이는 규칙과 [출력 크기의 공식](stride.py#output-size)은 둘이 같습니다.
#
# ## 한 칸 밀리면 {#shift}
#
# 풀링을 하면 이미지가 조금 밀려도 결과가 같다고들 합니다. 정말 그럴까요? 먼저 한 줄짜리 예입니다. 봉우리 2, 9, 4가 있는 줄을
# 오른쪽으로 한 칸, 두 칸 밀어 세 줄로 놓았습니다. 줄마다 두 칸씩 풀링하면 무엇이 그대로 남을까요?

# %% [markdown] lang="en"
# With `None`, that is, not set, the stride becomes the pool size. In the figure, both windows read the middle column. The {{ larger[2, 2] }} in the centre lies in every window, so it fills all {{ (max_pool2d(larger, 3, 2) == larger[2, 2]).sum() }} outputs.
#
# !!! warning "A common misconception"
#     "Convolution windows overlap, pooling windows do not" is wrong. What tells the two apart is that pooling has **no weights and takes each channel alone**.
#     The rule by which the window moves, and the [formula of the output size](stride.py#output-size), are the same for both.
#
# ## Shifted by a pixel {#shift}
#
# With pooling, it is said, the result stays the same when the image is shifted a little. Does it? First, a small example: a row with the
# peak 2, 9, 4, and below it the same row shifted to the right by one cell and by two. Pool each of the three in pairs: what stays?

# %%
peak = np.array([0, 2, 9, 4, 0, 0])
rows = np.array([peak, np.roll(peak, 1), np.roll(peak, 2)])
pooling_figure(rows, pool_size=(1, 2))

# %% [markdown] lang="ko"
# 한 칸 밀었을 때 9는 같은 창 안에서 움직였으므로 최대 풀링의 결과에서 **제자리**를 지킵니다. 하지만 그 옆의 값들은 바뀌었습니다.
# 두 칸 밀면 9는 창을 넘어가고, 출력 전체가 **한 칸 밀립니다.** 풀링은 움직임을 없애는 것이 아니라, 창 안에서의 움직임만 눈감아 줍니다.
#
# 실제 이미지로 재어 봅시다. Fashion-MNIST 이미지 1,000장에 세로 경계를 찾는 커널(kernel)을 적용하고 부호를 떼어 경계의
# 세기를 구합니다. 이미지를 오른쪽으로 민 다음 다시 구해서, 값이 변한 양을 모두 더해 원래 값의 합으로 나눕니다. 밀려난 부분이 잘리지
# 않도록 둘레에 0을 넉넉히 붙여 둡니다.
#
# 비교할 것은 네 가지입니다. 풀링하지 않은 것, 최대 풀링한 것, 평균 풀링한 것, 그리고 풀링 없이 하나씩 걸러 남기기만 한 것입니다.
# 한 픽셀 밀었을 때 어느 것이 가장 적게 변할까요? 순서를 예상해 보세요.

# %% [markdown] lang="en"
# Shifted by one, the 9 moves within its window, so in the result of max pooling it **keeps its place**. The values beside it change, though.
# Shifted by two, the 9 crosses into the next window, and the whole output **moves by one cell**. Pooling does not undo a shift; it only forgives a shift within a window.
#
# Let us measure this on real images. Apply a kernel that finds vertical edges to 1,000 images of Fashion-MNIST and drop the signs: that is the strength of
# the edges. Shift the images to the right, compute the maps again, add up how much the values have changed, and divide by the sum of the original
# values. A wide border of zeros makes sure that nothing is cut off.
#
# Compare four things: no pooling, max pooling, average pooling, and merely taking every second value, without pooling.
# Which of them changes least when the images are shifted by one pixel? Guess the order.

# %%
from cnn_guide.figures import shift_change_figure

test_images = scale(data.test_images[:1000])[..., 0]
wide = np.pad(test_images, ((0, 0), (6, 6), (6, 6)))
vertical = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], np.float32)


def edges(images):
    strength = np.abs(conv2d(images, vertical, padding="same"))
    return strength[..., np.newaxis]


keep = {
    "none": lambda maps: maps,
    "every_second": lambda maps: maps[:, ::2, ::2],
    "average": avg_pool2d,
    "max": max_pool2d,
}
shifted = [edges(np.roll(wide, pixels, axis=2)) for pixels in range(5)]
changes = {}
for name, shrink in keep.items():
    results = [shrink(maps) for maps in shifted]
    total = results[0].sum()
    changes[name] = [np.abs(r - results[0]).sum() / total for r in results]

shift_change_figure(changes)

# %% [markdown] lang="ko"
# 한 픽셀 밀면 풀링하지 않은 특성 맵은 {{ f"{changes['none'][1]:.0%}" }} 변합니다. 최대 풀링한 것은 {{ f"{changes['max'][1]:.0%}" }}, 평균 풀링한 것은 {{ f"{changes['average'][1]:.0%}" }}입니다.
# 걸러 남기기만 한 것은 {{ f"{changes['every_second'][1]:.0%}" }}로, 풀링하지 않은 것과 다를 바 없습니다. 그러니 덜 변한 까닭은 작아졌기 때문이 아니라
# **창 안의 값을 모두 보고 하나로 모았기 때문**입니다.
#
# 변화는 100%를 넘기도 합니다. 경계가 멀리 옮겨 가면 옛 자리에서 사라진 양과 새 자리에 생긴 양이 둘 다 더해져 200%에 가까워집니다.
#
# 그러나 **변하지 않는 것은 아닙니다.** 최대 풀링도 한 픽셀에 {{ f"{changes['max'][1]:.0%}" }}, 두 픽셀에 {{ f"{changes['max'][2]:.0%}" }}가 변합니다. "풀링을 하면 위치가 바뀌어도 결과가 같다"는 말은 지나칩니다.
# "작은 이동에 **덜** 민감해진다"가 맞습니다.
#
# 두 픽셀 밀었을 때는 규칙이 하나 있습니다. 스트라이드가 2이므로 풀링한 결과도 정확히 한 칸 밀립니다. 확인해 볼까요?

# %% [markdown] lang="en"
# Shifted by one pixel, feature maps that are not pooled change by {{ f"{changes['none'][1]:.0%}" }}. With max pooling it is {{ f"{changes['max'][1]:.0%}" }}, with average pooling {{ f"{changes['average'][1]:.0%}" }}.
# Merely taking every second value gives {{ f"{changes['every_second'][1]:.0%}" }}, about the same as no pooling. So what helps is not that the map gets smaller, but
# **looking at all values of a window** to make one of them.
#
# A change can be more than 100%. When an edge moves far, what is missing at the old place and what is new at the other both count, up to 200%.
#
# Yet **it does change**: even with max pooling by {{ f"{changes['max'][1]:.0%}" }} for one pixel and {{ f"{changes['max'][2]:.0%}" }} for two. "With pooling, the result is the same wherever things are" says too much.
# "It becomes **less** sensitive to small shifts" is right.
#
# At two pixels there is a rule. The stride is 2, so the pooled result moves by exactly one cell. Shall we check?

# %%
still, moved = max_pool2d(shifted[0]), max_pool2d(shifted[2])
np.array_equal(moved, np.roll(still, 1, axis=2))

# %% [markdown] lang="ko"
# ## 패딩을 한 풀링 {#padding}
#
# 크기 3을 두 칸씩 풀링하면 한 줄이 남습니다. 밸리드 패딩(valid padding)은 남는 줄을 버리고, 세임 패딩(same padding)은 모자라는 자리를
# 채웁니다. 무엇으로 채워야 할까요? 합성곱처럼 0으로 채우면 될까요? 값이 모두 음수인 특성 맵으로 확인해 보세요.

# %% [markdown] lang="en"
# ## Pooling with padding {#padding}
#
# Pool 3 rows in pairs, and one row is left over. Valid padding drops it; same padding adds the row that is missing. With what in it? Are zeros
# right, as for convolution? Look at a feature map whose values are all negative.

# %%
from cnn_guide import pad2d

negative = np.array([[-3, -1, -4], [-2, -6, -5], [-7, -8, -9]])
with_zeros = pad2d(negative, ((0, 1), (0, 1)), value=0)
print(max_pool2d(with_zeros, 2))

# %%
pooling_figure(negative, pool_size=2, padding="same")

# %% [markdown] lang="ko"
# 위의 출력은 0으로 채운 것, 그림은 `padding="same"`입니다. 0으로 채우면 덧붙인 0이 모든 음수를 이깁니다. 이미지에 없는 값이 "가장 큰 값"이 되는 것입니다. 그래서 최대 풀링은 0이 아니라
# **음의 무한대**로 채웁니다. 무엇과 견주어도 지므로, 실제 픽셀 가운데에서만 고르게 됩니다.
#
# 평균 풀링은 어떨까요? 오른쪽 아래 창에는 실제 픽셀이 {{ negative[2, 2] }} 하나뿐입니다. 창의 크기 4로 나누면 {{ negative[2, 2] / 4 }}이지만,
# Keras가 쓰는 TensorFlow는 **실제 픽셀의 수**로 나누어 {{ avg_pool2d(negative, 2, padding="same")[1, 1] }}을 냅니다. 우리 함수도 그렇게 합니다. 창의 크기로 나누는 도구도 있으니 비교할 때 조심하세요.

# %% [markdown] lang="en"
# The printed output was padded with zeros; the figure shows `padding="same"`. The added zeros win against every negative value: a number that is nowhere in the image becomes "the largest". That is why max pooling
# pads with **minus infinity**, not 0. It loses against anything, so the choice is among real pixels only.
#
# And average pooling? The window at the bottom right holds just one real pixel, {{ negative[2, 2] }}. Divided by the size of the window, 4, that is {{ negative[2, 2] / 4 }}; but
# TensorFlow, which Keras runs on here, divides by the **number of real pixels** and gives {{ avg_pool2d(negative, 2, padding="same")[1, 1] }}. So does our function. Some libraries divide by the window size, so take care when you compare.

# %% [markdown] lang="ko"
# ## 어디에 있었는지는 잃습니다 {#where}
#
# 9가 창의 네 자리 가운데 어디에 있든 최대 풀링의 결과는 같습니다. 결과만 보고 9의 자리를 되찾을 수 있을까요?

# %% [markdown] lang="en"
# ## The place is lost {#where}
#
# A 9 may stand in any of the four places of its window, and max pooling gives the same. Can its place be recovered from the result?

# %%
# Four images of one window each: the 9 stands in another place in each of them.
spots = 9 * np.eye(4, dtype=int).reshape(4, 2, 2, 1)
print(max_pool2d(spots).ravel())

# %% [markdown] lang="ko"
# 결과가 모두 같으니 되찾을 수 없습니다. (2, 2) 풀링을 한 번 할 때마다 값의 {{ f"{1 - 1 / 4:.0%}" }}가 사라지고, 남은 값은 자기가 창의 어느 칸에서 왔는지 모릅니다.
# 무슨 옷인지만 맞히면 될 때는 남는 장사입니다. 다음 층의 계산은 줄고, 작은 이동에는 덜 흔들립니다. 소매 끝이 **정확히 어디인지**
# 맞혀야 할 때는 밑지는 장사입니다.
#
# ## 전역 평균 풀링 {#global}
#
# 이 생각을 끝까지 밀고 가면 창이 특성 맵 전체와 같아집니다. 특성 맵마다 평균 하나만 남기는 **전역 평균 풀링**(global average pooling)입니다.
# (7, 7, 64) 특성 맵은 값 64개가 됩니다. 입력의 크기가 달라도 출력의 수는 언제나 채널의 수와 같습니다.

# %% [markdown] lang="en"
# All results are the same, so it cannot. Each (2, 2) pooling drops {{ f"{1 - 1 / 4:.0%}" }} of the values, and those that stay do not say from which cell of the window they came.
# For telling which garment it is, that is a good bargain: less work for the next layer, and less trouble with small shifts. For telling **exactly where**
# the sleeve ends, it is a bad one.
#
# ## Global average pooling {#global}
#
# Take the idea to its end, and the window is as large as the feature map: **global average pooling** keeps one mean for each feature map.
# Feature maps of (7, 7, 64) become 64 values. However large the input, there are as many outputs as channels.

# %%
maps = np.ones((1, 7, 7, 64))
print(maps.shape, "->", maps.mean(axis=(1, 2)).shape)
print("Keras:", keras.layers.GlobalAveragePooling2D()(maps).shape)

# %% [markdown] lang="ko"
# 평균에는 자리가 없습니다. 그래서 옷이 잘려 나가지 않는 한, 아무리 밀어도 값이 변하지 않습니다. 앞에서 잰 특성 맵으로 확인하면
# 네 픽셀 밀었을 때의 변화가 {{ f"{np.abs(shifted[4].mean((1, 2)) - shifted[0].mean((1, 2))).sum() / shifted[0].mean((1, 2)).sum():.1%}" }}입니다.
#
# ## 직접 움직여 보기 {#explorer}
#
# <div class="cnn-explorer" data-question="pooling"></div>
#
# ## Keras와 비교하기 {#check}
#
# 풀링 크기, 스트라이드, 패딩을 바꾸어 가며 Keras의 두 풀링 층과 비교합니다. 겹치는 창, 나누어떨어지지 않는 크기, 음수가 모두 들어 있습니다.

# %% [markdown] lang="en"
# A mean does not know where its values were. So as long as nothing is cut off, no shift changes it. For the feature maps measured above, a shift of four pixels changes it
# by {{ f"{np.abs(shifted[4].mean((1, 2)) - shifted[0].mean((1, 2))).sum() / shifted[0].mean((1, 2)).sum():.1%}" }}.
#
# ## Move it yourself {#explorer}
#
# <div class="cnn-explorer" data-question="pooling"></div>
#
# ## Checked against Keras {#check}
#
# Compare with both pooling layers of Keras for many pool sizes, strides and paddings. Overlapping windows, sizes that leave a remainder and negative
# values are all among them.

# %%
from itertools import product

batch = np.random.default_rng(0).normal(size=(2, 11, 12, 3)).astype("float32")
pairs = (
    (max_pool2d, keras.layers.MaxPooling2D),
    (avg_pool2d, keras.layers.AveragePooling2D),
)
sizes, strides = (1, 2, 3, 4, (2, 3)), (None, 1, 2, 3, (2, 1))
differences = []
for (ours, layer), *settings in product(pairs, sizes, strides, ("valid", "same")):
    expected = layer(*settings)(batch).numpy()
    differences.append(np.abs(ours(batch, *settings) - expected).max())
worst = max(differences)
print(f"{len(differences)} cases, largest difference {worst:.1g}")

# %% [markdown] lang="ko"
# {{ len(differences) }}가지 경우에서 가장 큰 차이는 {{ f"{worst:.1g}" }}입니다. float32의 반올림 오차를 넘지 않습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(28, 28, 32) 특성 맵을 (2, 2) 최대 풀링하면 특성 맵은 몇 개가 되나요?"
#     `{{ max_pool2d(np.zeros((28, 28, 32)), 2).shape[-1] }}`
#
#     크기는 {{ max_pool2d(np.zeros((28, 28, 32)), 2).shape }}로 줄지만 개수는 그대로입니다. 채널마다 따로 풀링하기 때문입니다.
#
# ??? quiz "(7, 7) 특성 맵을 (3, 3) 창, 스트라이드 2, 패딩 없이 풀링하면 출력은 몇 행인가요?"
#     `{{ max_pool2d(np.zeros((7, 7)), 3, 2).shape[0] }}`
#
#     합성곱과 같은 공식입니다: $\left\lfloor (7 - 3) / 2 \right\rfloor + 1$. 창은 겹치지만 풀링이 맞습니다.
#
# ??? quiz "창 안의 값이 -3, -1, -2, -6입니다. 최대 풀링은 무엇을 남기나요?"
#     `{{ max_pool2d(np.array([[-3, -1], [-2, -6]]))[0, 0] }}`
#
#     절댓값이 아니라 값이 가장 큰 것을 남깁니다.
#
# ??? quiz "값이 5인 점 하나가 열 3에 있습니다. 열은 0부터 셉니다. 두 칸씩 최대 풀링할 때, 점을 오른쪽으로 한 칸 밀면 출력에서 5는 몇 칸 움직이나요?"
#     `{{ int(np.argmax(max_pool2d(np.eye(1, 8, 4), (1, 2))) - np.argmax(max_pool2d(np.eye(1, 8, 3), (1, 2)))) }}`
#
#     열 3은 창 (2, 3)의 끝이고 열 4는 다음 창 (4, 5)의 시작입니다. 열 2에서 3으로 밀었다면 움직이지 않았을 것입니다.

# %% [markdown] lang="en"
# Over {{ len(differences) }} cases the largest difference is {{ f"{worst:.1g}" }}: no more than rounding in float32.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many feature maps are there after (2, 2) max pooling of feature maps of shape (28, 28, 32)?"
#     `{{ max_pool2d(np.zeros((28, 28, 32)), 2).shape[-1] }}`
#
#     The shape shrinks to {{ max_pool2d(np.zeros((28, 28, 32)), 2).shape }}, but their number stays: each channel is pooled alone.
#
# ??? quiz "A (7, 7) feature map, a (3, 3) window, stride 2, no padding: how many rows are left after pooling?"
#     `{{ max_pool2d(np.zeros((7, 7)), 3, 2).shape[0] }}`
#
#     The formula is that of convolution: $\left\lfloor (7 - 3) / 2 \right\rfloor + 1$. The windows overlap, and it is still pooling.
#
# ??? quiz "A window holds -3, -1, -2 and -6. What does max pooling keep?"
#     `{{ max_pool2d(np.array([[-3, -1], [-2, -6]]))[0, 0] }}`
#
#     It keeps the largest value, not the largest absolute value.
#
# ??? quiz "A single dot of value 5 is in column 3, counting columns from 0. It is shifted to the right by one. How many cells does the 5 move in the output of max pooling with a window of two?"
#     `{{ int(np.argmax(max_pool2d(np.eye(1, 8, 4), (1, 2))) - np.argmax(max_pool2d(np.eye(1, 8, 3), (1, 2)))) }}`
#
#     Column 3 is the end of window (2, 3), column 4 the start of the next one, (4, 5). From column 2 to 3 it would not have moved.

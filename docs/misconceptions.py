# %% [markdown] lang="ko"
# # 흔한 오해 {#misconceptions}
#
# 책과 강의, 블로그에서 자주 만나는 말들입니다. 모두 그럴듯하지만 **그대로는 틀립니다.** 하나씩 읽고, 어디가 틀렸는지 먼저 말해 보세요.
# 반박은 의견이 아니라 계산입니다.
#
# ## "패딩은 한 픽셀을 두르는 것이다" {#one-pixel}
#
# 커널(kernel)이 5라면 세임 패딩(same padding)은 몇 줄을 붙일까요? 스트라이드(stride)가 2라면요?

# %% [markdown] lang="en"
# # Common misconceptions {#misconceptions}
#
# Books, lectures and blogs often say these things. All of them are plausible, and **wrong as they stand**. Read each and say first what is wrong with it.
# The answers are not opinions: they are computed.
#
# ## "Padding is a ring of one pixel" {#one-pixel}
#
# How many rows does same padding add for a kernel of 5? And at stride 2?

# %%
from cnn_guide import padding_amounts

for kernel, stride in ((3, 1), (5, 1), (2, 1), (3, 2)):
    (top, bottom), _ = padding_amounts((28, 28), kernel, stride, "same")
    print(f"kernel {kernel}, stride {stride}: {top} above, {bottom} below")

# %% [markdown] lang="ko"
# 위아래로 한 줄씩인 것은 출력의 첫 줄, 커널이 3이고 스트라이드가 1일 때뿐입니다. 스트라이드가 1이면 모두 $k - 1$줄이 필요하고,
# 그 밖의 경우는 한쪽에만 붙기도 합니다. → [몇 줄을 붙여야 할까요?](components/padding.py#how-many)
#
# ## "패딩을 하면 모든 픽셀이 똑같이 쓰인다" {#equal-use}
#
# 세임 패딩을 한 (4, 4) 입력에서 (3, 3) 커널이 픽셀마다 몇 번 지나가는지 셉니다.

# %% [markdown] lang="en"
# One row above and one below is true only of the first line, a kernel of 3 at stride 1. At stride 1 it takes $k - 1$ rows in all; in
# some cases they go to one side only. → [How many rows does it take?](components/padding.py#how-many)
#
# ## "With padding, all pixels are used equally" {#equal-use}
#
# Count how often a (3, 3) kernel reads each pixel of a (4, 4) input with same padding.

# %%
from cnn_guide import pixel_use

use = pixel_use((4, 4), kernel=3, padding="same")
use

# %% [markdown] lang="ko"
# 모서리는 {{ use[0, 0] }}번, 가장자리는 {{ use[0, 1] }}번, 가운데는 {{ use[1, 1] }}번입니다. 차이가 줄었을 뿐 없어지지 않았습니다.
# → [가장자리는 몇 번 읽힐까요?](components/padding.py#how-often)
#
# ## "세임 패딩은 언제나 크기를 지킨다" {#same-size}
#
# 이름이 '세임'이니 28은 언제나 28일까요?

# %% [markdown] lang="en"
# The corner is read {{ use[0, 0] }} times, the edge {{ use[0, 1] }} times, the middle {{ use[1, 1] }} times. The difference is smaller, not gone.
# → [How often is an edge pixel read?](components/padding.py#how-often)
#
# ## "Same padding always keeps the size" {#same-size}
#
# It is called "same", so does 28 always stay 28?

# %%
from cnn_guide import output_size

sizes = {stride: output_size(28, 3, stride, "same") for stride in (1, 2, 3)}
sizes

# %% [markdown] lang="ko"
# 크기를 지키는 것은 스트라이드가 1일 때뿐입니다. 스트라이드 2에서는 {{ sizes[2] }}, 3에서는 {{ sizes[3] }}이 됩니다.
# 세임 패딩이 약속하는 것은 $\left\lceil n / s \right\rceil$입니다. → [세임 패딩과 스트라이드](components/stride.py#same-padding)
#
# ## "풀링은 겹치지 않아야 한다" {#overlap}
#
# 길이 7인 줄에서 3칸짜리 창을 두 칸씩 옮기며 최대 풀링(max pooling)을 합니다. 창마다 이웃 창과 한 칸을 함께 읽습니다.

# %% [markdown] lang="en"
# It does so only at stride 1. Stride 2 gives {{ sizes[2] }}, stride 3 gives {{ sizes[3] }}.
# What same padding promises is $\left\lceil n / s \right\rceil$. → [Same padding with stride](components/stride.py#same-padding)
#
# ## "Pooling windows must not overlap" {#overlap}
#
# In a row of 7 cells, move a window of 3 by two cells at a time and take the maximum. Each window shares a cell with the next.

# %%
import numpy as np

from cnn_guide import max_pool2d

row = np.array([[3, 1, 9, 7, 6, 4, 8]])
max_pool2d(row, pool_size=(1, 3), stride=(1, 2))

# %% [markdown] lang="ko"
# 아무 문제 없이 계산됩니다. 가운데 창은 9를 왼쪽 창과 함께 읽었습니다. 겹치지 않는 것은 규칙이 아니라 **기본값**입니다.
# Keras는 스트라이드를 정하지 않으면 풀링 크기와 같게 합니다. → [겹쳐도 됩니다](components/pooling.py#overlap)
#
# ## "풀링 층도 가중치를 배운다" {#pooling-weights}
#
# 이 사이트의 신경망에서 층마다 가중치(weight)와 절편(bias)이 모두 몇 개인지 세어 봅니다.

# %% [markdown] lang="en"
# It works without any trouble; the middle window and the left one both read the 9. Not overlapping is not a rule but the **default**:
# unless you set the stride, Keras makes it equal to the pool size. → [Windows may overlap](components/pooling.py#overlap)
#
# ## "Pooling layers learn weights too" {#pooling-weights}
#
# Count weights and biases together, layer by layer, in the network of this site.

# %%
from cnn_guide.training import find_or_train

run = find_or_train()
layers = run.model.layers
for layer in layers:
    print(f"{type(layer).__name__:12} {layer.count_params():7,}")

# %% [markdown] lang="ko"
# 풀링 층(pooling layer)은 두 곳 모두 {{ layers[1].count_params() }}개입니다. 최댓값을 고르는 데는 배울 것이 없습니다. 훈련(training)이 풀링을 바꾸지 못하므로
# 앞뒤의 층이 풀링에 맞추어 배웁니다. → [가중치가 없습니다](components/pooling.py#no-weights)
#
# ## "가중치는 대부분 합성곱 층에 있다" {#parameters}
#
# 합성곱 신경망(convolutional neural network)이니 합성곱 층(convolutional layer)에 가중치가 가장 많을 것 같습니다. 위의 표에서 확인해 보세요. 그리고 곱셈의 횟수도 세어 봅니다.
# 합성곱 층은 모든 자리에서 커널의 가중치를 한 번씩 곱하고, 밀집층(dense layer)은 가중치마다 한 번만 곱합니다.

# %% [markdown] lang="en"
# Both pooling layers have {{ layers[1].count_params() }}. There is nothing to learn in picking the largest value. Training cannot change a pooling layer, so the layers
# before and after it learn to suit it. → [It has no weights](components/pooling.py#no-weights)
#
# ## "Most weights are in the convolutional layers" {#parameters}
#
# It is a convolutional network, so its convolutional layers should hold most of the weights. Look at the list above. And count the multiplications too:
# a convolutional layer multiplies with the weights of its kernels once at every place, a dense layer with each weight only once.

# %%
import math

parameters, products = {"Conv2D": 0, "Dense": 0}, {"Conv2D": 0, "Dense": 0}
for layer in layers:
    if layer.weights:
        kind = type(layer).__name__
        parameters[kind] += layer.count_params()
        places = math.prod(layer.output.shape[1:-1])  # 1 for a dense layer
        products[kind] += places * math.prod(layer.kernel.shape)

dense_share = parameters["Dense"] / sum(parameters.values())
conv_share = products["Conv2D"] / sum(products.values())
print("parameters:     ", parameters)
print("multiplications:", products)

# %% [markdown] lang="ko"
# 정반대입니다. 가중치와 절편의 {{ f"{dense_share:.0%}" }}가 밀집층에 있고, 곱셈의 {{ f"{conv_share:.0%}" }}는 합성곱 층이 합니다.
# 합성곱은 **적은 가중치를 아주 여러 번 쓰는** 계산이기 때문입니다. → [가중치는 몇 개일까요?](components/dense.py#count)
#
# ## "풀링이 있으면 옮겨도 똑같이 알아본다" {#invariance}
#
# 신경망이 이동에 끄떡없다는 말을 재어 봅시다. 오른쪽 네 열이 비어 있는 테스트 이미지만 골라, 옷을 한 픽셀씩 오른쪽으로 옮깁니다.
# 빈 자리로 옮기는 것이라 **잘리는 픽셀은 하나도 없습니다.** 네 픽셀을 옮기면 정확도(accuracy)는 얼마나 남을까요?

# %% [markdown] lang="en"
# It is the other way round. {{ f"{dense_share:.0%}" }} of the weights and biases are in the dense layers, and {{ f"{conv_share:.0%}" }} of the multiplications in the convolutional ones:
# a convolution uses **few weights very many times**. → [How many weights are there?](components/dense.py#count)
#
# ## "With pooling, it recognises things wherever they are" {#invariance}
#
# Measure whether the network minds a shift. Take the test images whose last four columns are empty, and move the garment to the right, one pixel at a time.
# It moves into empty space, so **not one pixel is cut off**. How much of the accuracy is left after four pixels?

# %%
from cnn_guide.fashion_mnist import load, scale

data = load()
images = scale(data.test_images)
has_room = images[:, :, -4:].max(axis=(1, 2, 3)) == 0
images, labels = images[has_room][:1000], data.test_labels[has_room][:1000]

accuracy = []
for pixels in range(5):
    shifted = np.roll(images, pixels, axis=2)
    predicted = run.model.predict(shifted, verbose=0).argmax(axis=1)
    accuracy.append((predicted == labels).mean())
    print(f"{pixels} pixels: {accuracy[-1]:.1%}")

# %% [markdown] lang="ko"
# {{ f"{accuracy[0]:.1%}" }}가 {{ f"{accuracy[4]:.1%}" }}로 떨어집니다. 합성곱의 특성 맵(feature map)은 옷을 **따라 옮겨 갈** 뿐이고, 풀링은 작은 이동만 눈감아 줍니다. 그 뒤의 밀집층은
# 자리마다 다른 가중치를 쓰므로 옮겨진 맵을 처음 보는 입력으로 대합니다. 옷이 늘 가운데 있는 데이터로만 배웠으니 더 그렇습니다.
# → [한 칸 밀리면](components/pooling.py#shift)
#
# ## "컬러 이미지의 합성곱은 3차원 합성곱이다" {#conv3d}
#
# 입력도 커널도 3차원 배열이기는 합니다. 두 층의 커널과 출력의 모양을 비교해 보세요.

# %% [markdown] lang="en"
# The accuracy falls from {{ f"{accuracy[0]:.1%}" }} to {{ f"{accuracy[4]:.1%}" }}. The feature maps of a convolution **move along** with the garment, and pooling forgives small shifts only. The dense layer after them has
# other weights for every place, so a shifted map is an input that it has never seen, all the more because it learned from garments that are always in the middle.
# → [Shifted by a pixel](components/pooling.py#shift)
#
# ## "Convolution of a colour image is a 3-D convolution" {#conv3d}
#
# Input and kernel are three-dimensional arrays; that much is true. Compare the shapes of kernel and output in two layers.

# %%
import keras

colours = np.zeros((1, 8, 8, 3), "float32")
flat, solid = keras.layers.Conv2D(1, 3), keras.layers.Conv3D(1, (3, 3, 2))
print("Conv2D", flat(colours).shape, flat.kernel.shape)
print("Conv3D", solid(colours[..., np.newaxis]).shape, solid.kernel.shape)

# %% [markdown] lang="ko"
# `Conv2D`의 커널은 깊이(depth)가 입력과 같은 {{ flat.kernel.shape[2] }}이라서 가로와 세로로만 움직이고, 출력에는 깊이 방향의 자리가 남지 않습니다. `Conv3D`의 커널은 깊이가
# {{ solid.kernel.shape[2] }}라서 깊이 방향으로도 움직입니다. 이름의 숫자는 배열이 아니라 **움직이는 방향**의 수입니다. → [이것은 Conv3D가 아닙니다](components/channels.py#conv3d)
#
# ## "합성곱은 커널을 뒤집어서 곱한다" {#flip}
#
# 수학에서는 맞는 말입니다. 신경망에서도 그럴까요? 같은 숫자를 NumPy의 두 함수와 Keras의 `Conv1D`에 넣습니다.

# %% [markdown] lang="en"
# The kernel of `Conv2D` is as deep as the input, {{ flat.kernel.shape[2] }}, so it moves only across and down, and no axis of depth is left in the output. The kernel of `Conv3D` has a depth of
# {{ solid.kernel.shape[2] }} and moves in depth as well. The digit in the name counts **directions of movement**, not axes of arrays. → [This is not Conv3D](components/channels.py#conv3d)
#
# ## "Convolution multiplies with the flipped kernel" {#flip}
#
# In mathematics it does. In a neural network as well? Give the same numbers to two functions of NumPy and to `Conv1D` of Keras.

# %%
signal, kernel = np.array([3, 1, 0, 7, 6]), np.array([1, 2, -1])
layer = keras.layers.Conv1D(1, 3, use_bias=False)
layer.build((None, 5, 1))
layer.set_weights([kernel.reshape(3, 1, 1)])
by_keras = layer(signal.reshape(1, 5, 1).astype("float32")).numpy().ravel()
print("np.convolve ", np.convolve(signal, kernel, "valid"))
print("np.correlate", np.correlate(signal, kernel, "valid"))
print("Conv1D      ", by_keras.astype(int))

# %% [markdown] lang="ko"
# Keras의 답은 `np.correlate`와 같습니다. 딥러닝의 합성곱은 커널을 뒤집지 않는 교차 상관(cross-correlation)입니다. 커널의 값은 훈련이 정하므로
# 뒤집든 안 뒤집든 배울 수 있는 것은 같습니다. → [합성곱과 교차 상관](components/dense.py#cross-correlation)
#
# ## "[0, 0, 1] 커널은 오른쪽으로 민다" {#shift-left}
#
# 1이 오른쪽에 있으니 오른쪽으로 밀 것 같습니다. $z_j = x_{j+1}$을 계산하는 커널입니다. 7이 어디로 가는지 보세요.

# %% [markdown] lang="en"
# Keras agrees with `np.correlate`. The convolution of deep learning does not flip the kernel: it is cross-correlation. Training chooses the kernel, so what
# can be learned is the same either way. → [Convolution and cross-correlation](components/dense.py#cross-correlation)
#
# ## "The kernel [0, 0, 1] shifts to the right" {#shift-left}
#
# The 1 is on the right, so it should shift to the right. The kernel computes $z_j = x_{j+1}$. Watch where the 7 goes.

# %%
from cnn_guide import conv1d

before = np.array([0, 0, 7, 0, 0])
after = conv1d(before, [0, 0, 1], padding="same")
print(before)
print(after)

# %% [markdown] lang="ko"
# {{ before.argmax() + 1 }}번째 자리의 7이 {{ after.argmax() + 1 }}번째로, **왼쪽**으로 갔습니다. 출력의 각 자리가 자기 오른쪽 이웃을 가져오기 때문입니다.
# 무엇을 읽는지와 어디로 움직이는지는 방향이 반대입니다. → [옮기면 따라 옮겨집니다](components/convolution.py#shift)
#
# ## "255.0으로 나누면 float32가 된다" {#float32}
#
# 픽셀을 0과 1 사이로 바꾸는 가장 흔한 한 줄입니다. 결과의 dtype은 무엇일까요?

# %% [markdown] lang="en"
# The 7 goes from place {{ before.argmax() + 1 }} to place {{ after.argmax() + 1 }}: to the **left**. Each place of the output fetches its neighbour on the right.
# What is read and where things move are opposite directions. → [Shift the image, and the map shifts](components/convolution.py#shift)
#
# ## "Dividing by 255.0 gives float32" {#float32}
#
# It is the usual line for scaling pixels to between 0 and 1. What is the dtype of the result?

# %%
pixels = data.test_images[:1000]
for scaled in (pixels / 255.0, scale(pixels)):
    print(f"{scaled.dtype}: {scaled.nbytes / 1e6:.1f} MB")

# %% [markdown] lang="ko"
# `uint8` 배열을 나누면 NumPy는 float64를 만듭니다. 메모리는 두 배가 들지만, 신경망의 층은 어차피 float32로 바꾸어 계산합니다.
# `astype("float32") / 255`처럼 **먼저 바꾸고 나누면** 됩니다. → [0과 1 사이로 바꾸기](classification/data.py#scale)
#
# ## "테스트 정확도는 정확한 값이다" {#exact}
#
# 이 신경망의 테스트 정확도는 {{ f"{run.test_accuracy:.2%}" }}입니다. 테스트 이미지를 다른 것으로 뽑았어도 같았을까요? 이미지 $n$장에서 잰 비율 $p$는
# $\sqrt{p\,(1 - p) / n}$만큼 흔들립니다. 이것을 표준 오차(standard error)라고 합니다.

# %% [markdown] lang="en"
# Divide a `uint8` array, and NumPy makes it float64. That takes twice the memory, for layers that turn it into float32 anyway.
# **Convert first, then divide**, as in `astype("float32") / 255`. → [Between 0 and 1](classification/data.py#scale)
#
# ## "Test accuracy is an exact number" {#exact}
#
# The test accuracy of this network is {{ f"{run.test_accuracy:.2%}" }}. If other test images had been drawn, would it be the same? A share $p$ measured on $n$ images
# varies by about $\sqrt{p\,(1 - p) / n}$, its standard error.

# %%
p, n = run.test_accuracy, run.manifest["data"]["test_images"]
error = np.sqrt(p * (1 - p) / n)
low, high = p - 2 * error, p + 2 * error
print(f"standard error {error:.2%}, two on either side: {low:.2%} to {high:.2%}")

# %% [markdown] lang="ko"
# 표준 오차의 두 배를 빼고 더한 이런 구간은 스무 번 가운데 열아홉 번쯤 진짜 정확도를 담습니다. 그러니 앞뒤로 {{ f"{2 * error:.1%}" }}포인트쯤은 열어 두고 읽어야 합니다. 두 신경망의 차이가 이보다 작으면 정확도만으로는 어느 쪽이 나은지 알 수 없습니다.
# 여기에 시드(seed)가 달라서 생기는 차이도 더해집니다. → [이 점수는 얼마나 흔들릴까요?](classification/evaluation.py#uncertainty)
#
# ## "막대가 9번에 있으니 앵클 부츠다" {#position}
#
# 확률 열 개를 막대로 그릴 때 막대의 자리를 1부터 10까지로 잡은 예제가 많습니다. 가방은 클래스 8입니다. 가방 한 장의 막대는 몇 번에 설까요?

# %% [markdown] lang="en"
# Of such intervals, two standard errors to either side, about nineteen in twenty hold the true accuracy. So allow the accuracy some {{ f"{200 * error:.1f}" }} percentage points on either side. When two networks differ by less than that, their accuracies alone do not tell which one is better.
# The difference that the seed makes comes on top. → [How much does this score vary by chance?](classification/evaluation.py#uncertainty)
#
# ## "The bar stands at 9, so it is an ankle boot" {#position}
#
# When ten probabilities are drawn as bars, their places often run from 1 to 10. A bag is class 8. Where does the bar of a bag stand?

# %%
bag = (data.test_labels == 8).argmax()
probabilities = run.test_probabilities[bag]
for places in (np.arange(1, 11), np.arange(10)):
    print(places, "-> highest bar at", places[probabilities.argmax()])

# %% [markdown] lang="ko"
# 1부터 세면 가방의 막대가 9에 서고, 9는 앵클 부츠의 번호입니다. 배열의 자리는 0부터 세니 눈금도 0부터 세거나,
# 차라리 **클래스 이름**을 적으세요. → [이미지 한 장](classification/evaluation.py#one-image)
#
# ## "깊은 층의 특성 맵은 아무것도 알려 주지 않는다" {#mute}
#
# 둘째 합성곱 층의 맵 64개는 눈으로 읽기 어렵습니다. 정말 아무 정보도 없을까요? 맵마다 **평균 하나씩만** 남겨 이미지를 숫자 64개로 줄입니다.
# 그리고 훈련 이미지에서 구한 클래스별 평균 가운데 가장 가까운 것을 답으로 고릅니다. 아무 정보도 없다면 열에 하나를 맞힐 것입니다.

# %% [markdown] lang="en"
# Counted from 1, the bar of the bag stands at 9, which is the number of ankle boots. Places in an array are counted from 0: let the axis count from 0 too,
# or better, write the **names of the classes** there. → [One image](classification/evaluation.py#one-image)
#
# ## "Feature maps of deep layers tell nothing" {#mute}
#
# The 64 maps of the second convolutional layer are hard to read by eye. Do they hold nothing? Keep **just the mean** of each map, so that an image becomes 64 numbers.
# Then answer with the class whose mean over training images is nearest. If these numbers told nothing, one answer in ten would be right.

# %%
from cnn_guide.inspection import activations


def map_means(images):
    [maps] = activations(run.model, scale(images), layers=[2])
    return maps.mean(axis=(1, 2))


train_means = map_means(data.train_images[:2000])
of_class = [data.train_labels[:2000] == label for label in range(10)]
centres = np.array([train_means[rows].mean(axis=0) for rows in of_class])
test_means = map_means(data.test_images[:1000])
distances = np.linalg.norm(test_means[:, np.newaxis] - centres, axis=2)
share = (distances.argmin(axis=1) == data.test_labels[:1000]).mean()
print(f"{share:.1%}")

# %% [markdown] lang="ko"
# {{ f"{share:.0%}" }}를 맞힙니다. 맵의 무늬는 버리고 평균만 남겼는데도 그렇습니다. 깊은 층의 맵은 **읽기 어려울 뿐, 알려 주는 것이 없지는 않습니다.**
# 무엇에 반응하는지 이미지로 물어볼 수 있습니다. → [맵이 반응하는 것](visualization/responses.py)

# %% [markdown] lang="en"
# {{ f"{share:.0%}" }} of the answers are right, although only the mean of each map was kept and its pattern thrown away. Maps of deep layers are **hard to read, not mute**.
# Images can be used to ask what they respond to. → [What maps respond to](visualization/responses.py)

# %% [markdown] lang="ko"
# # 모델 {#model}
#
# 이 수업을 마치면
#
# - 층마다 출력의 크기와 가중치(weight)의 수를 `summary()`보다 먼저 구할 수 있고,
# - 소프트맥스(softmax)와 드롭아웃(dropout)이 하는 계산을 숫자로 보일 수 있으며,
# - 가중치가 어느 층에 몰려 있는지, 계산은 어느 층에 몰려 있는지 말할 수 있습니다.
#
# ## 여덟 개의 층 {#layers}
#
# 패션 MNIST의 (28, 28, 1) 이미지를 받아 열 클래스의 확률을 내는 신경망을 만듭니다. [구성 요소](../components/network.py#network)에서 만든 작은 신경망과 얼개가 같고, 합성곱(convolution)과 풀링(pooling)을 두 번 되풀이합니다.
#
# 1. 합성곱 층(convolutional layer): 필터(filter) 32개, (3, 3), 세임 패딩(same padding), ReLU
# 2. 최대 풀링(max pooling): (2, 2)
# 3. 합성곱 층: 필터 64개, (3, 3), 세임 패딩, ReLU
# 4. 최대 풀링: (2, 2)
# 5. 펼치기: 모든 값을 한 줄로
# 6. 밀집층(dense layer): 뉴런 100개, ReLU
# 7. 드롭아웃: 40%
# 8. 밀집층: 뉴런 10개, 소프트맥스
#
# 아래로 내려가기 전에 종이에 적어 보세요. 층마다 출력의 크기는 얼마이고, 가중치와 절편(bias)은 몇 개일까요?
# [출력 크기](../components/stride.py#output-size)와 [합성곱 층의 가중치 수](../components/channels.py#parameters)를 구하는 법은 이미 배웠습니다.

# %% [markdown] lang="en"
# # The network {#model}
#
# After this lesson you can
#
# - work out the output shape and the number of weights of every layer before `summary()` tells you,
# - show in numbers what softmax and dropout compute,
# - say which layer holds most of the weights, and which does most of the work.
#
# ## Eight layers {#layers}
#
# We build a network that takes the (28, 28, 1) images of Fashion-MNIST and gives probabilities for ten classes. Its plan is that of the small network in [Components](../components/network.py#network), with convolution and pooling repeated once.
#
# 1. Convolutional layer: 32 filters, (3, 3), same padding, ReLU
# 2. Max pooling: (2, 2)
# 3. Convolutional layer: 64 filters, (3, 3), same padding, ReLU
# 4. Max pooling: (2, 2)
# 5. Flatten: all values in one line
# 6. Dense layer: 100 neurons, ReLU
# 7. Dropout: 40%
# 8. Dense layer: 10 neurons, softmax
#
# Before you go on, write down on paper: which shape does the output of each layer have, and how many weights and biases does the layer have?
# You already know how to find [the output size](../components/stride.py#output-size) and [the number of weights of a convolutional layer](../components/channels.py#parameters).

# %%
from cnn_guide import conv_parameters, dense_parameters, output_size

conv1 = output_size(28, kernel=3, padding="same")
pool1 = output_size(conv1, kernel=2, stride=2)
conv2 = output_size(pool1, kernel=3, padding="same")
pool2 = output_size(conv2, kernel=2, stride=2)
flat = pool2 * pool2 * 64

predicted = [
    ("conv", (conv1, conv1, 32), "(3, 3), ReLU", conv_parameters(3, 1, 32)),
    ("max_pool", (pool1, pool1, 32), "(2, 2)", 0),
    ("conv", (conv2, conv2, 64), "(3, 3), ReLU", conv_parameters(3, 32, 64)),
    ("max_pool", (pool2, pool2, 64), "(2, 2)", 0),
    ("flatten", (flat,), "", 0),
    ("dense", (100,), "ReLU", dense_parameters(flat, 100)),
    ("dropout", (100,), "0.4", 0),
    ("dense", (10,), "softmax", dense_parameters(100, 10)),
]
for operation, shape, _, parameters in predicted:
    print(f"{operation:9} {shape!s:13} {parameters:8,}")
total = sum(parameters for *_, parameters in predicted)
print(f"total {total:27,}")

# %% [markdown] lang="ko"
# 하나씩 짚어 봅시다.
#
# - 첫 합성곱 층은 채널(channel) 하나를 보는 (3, 3) 커널(kernel)이 32개, 절편이 32개입니다. $3 \times 3 \times 1 \times 32 + 32$는 {{ f"{predicted[0][3]:,}" }}입니다. 세임 패딩이라 {{ conv1 }}이 그대로 남습니다.
# - 풀링은 높이와 너비를 절반으로 줄입니다. 가중치는 없습니다.
# - 둘째 합성곱 층의 커널은 앞 층의 채널 32개를 모두 봅니다. $3 \times 3 \times 32 \times 64 + 64$는 {{ f"{predicted[2][3]:,}" }}입니다.
# - 두 번째 풀링 뒤에는 ({{ pool2 }}, {{ pool2 }}, 64)가 남고, 펼치면 {{ f"{flat:,}" }}개입니다.
# - 첫 밀집층은 뉴런 100개가 저마다 {{ f"{flat:,}" }}개의 입력에 가중치를 갖습니다. 절편까지 {{ f"{predicted[5][3]:,}" }}개입니다.
# - 마지막 밀집층은 $100 \times 10 + 10$, 곧 {{ f"{predicted[7][3]:,}" }}개입니다.

# %% [markdown] lang="en"
# One by one:
#
# - The first convolutional layer has 32 kernels of (3, 3) that see one channel, and 32 biases. $3 \times 3 \times 1 \times 32 + 32$ makes {{ f"{predicted[0][3]:,}" }}. With same padding {{ conv1 }} stays {{ conv1 }}.
# - Pooling halves height and width. It has no weights.
# - Each kernel of the second convolutional layer sees all 32 channels of the layer before. $3 \times 3 \times 32 \times 64 + 64$ makes {{ f"{predicted[2][3]:,}" }}.
# - After the second pooling ({{ pool2 }}, {{ pool2 }}, 64) is left: flattened, {{ f"{flat:,}" }} values.
# - In the first dense layer each of the 100 neurons has a weight for each of the {{ f"{flat:,}" }} inputs. With the biases that makes {{ f"{predicted[5][3]:,}" }}.
# - The last dense layer has $100 \times 10 + 10$, that is {{ f"{predicted[7][3]:,}" }}.

# %%
from cnn_guide.figures import network_figure

network_figure([("input", (28, 28, 1)), *predicted])

# %% [markdown] lang="ko"
# 오른쪽으로 갈수록 높이와 너비는 줄고 채널은 늘어납니다. **어디에** 있는지는 조금씩 버리고, **무엇이** 있는지는 더 다양하게 적는 셈입니다.
#
# ## Keras로 만들기 {#build}
#
# 같은 신경망을 Keras로 씁니다. 위의 목록을 한 줄씩 옮긴 것입니다.

# %% [markdown] lang="en"
# From left to right, height and width shrink and the channels increase. The network gives up some of the "where" to write down more of the "what".
#
# ## Building it in Keras {#build}
#
# Here is the same network in Keras. After `Input`, which says the shape of one image, each line is one line of the list above.

# %%
import keras

keras.utils.set_random_seed(42)

model = keras.Sequential()
model.add(keras.Input(shape=(28, 28, 1)))
model.add(keras.layers.Conv2D(32, kernel_size=3, activation="relu", padding="same"))
model.add(keras.layers.MaxPooling2D(2))
model.add(keras.layers.Conv2D(64, kernel_size=3, activation="relu", padding="same"))
model.add(keras.layers.MaxPooling2D(2))
model.add(keras.layers.Flatten())
model.add(keras.layers.Dense(100, activation="relu"))
model.add(keras.layers.Dropout(0.4))
model.add(keras.layers.Dense(10, activation="softmax"))

model.summary()

# %% [markdown] lang="ko"
# 적어 둔 답과 비교해 보세요. 출력 크기 맨 앞의 `None`은 배치(batch)의 크기, 곧 이미지의 수입니다. 몇 장이든 넣을 수 있어서 정해 두지 않습니다.
#
# ## `keras.Input`부터 {#input}
#
# 첫 층에 `input_shape=(28, 28, 1)`을 적는 예제가 많습니다. 예전 방식입니다. Keras 3에서 그렇게 쓰면 경고가 나옵니다.

# %% [markdown] lang="en"
# Compare it with what you wrote down. The `None` in front of each output shape is the size of the batch, that is, the number of images. It is left open, because any number of images can be put in.
#
# ## `keras.Input` first {#input}
#
# Many examples write `input_shape=(28, 28, 1)` in the first layer. That is how it used to be done. Keras 3 warns about it.

# %%
import textwrap
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    keras.layers.Conv2D(32, kernel_size=3, input_shape=(28, 28, 1))
print(textwrap.fill(str(caught[0].message), 78))

# %% [markdown] lang="ko"
# 경고가 권하는 대로 `keras.Input`을 맨 앞에 둡니다. 입력의 모양은 층의 성질이 아니라 **모델이 받는 것**이기 때문입니다. `Input`은 층으로 세지 않으므로 `model.layers`에는 층이 {{ len(model.layers) }}개 있습니다.
#
# ## 가중치는 어디에 몰려 있을까요? {#where}
#
# 가중치와 절편은 모두 {{ f"{total:,}" }}개입니다. 합성곱 신경망(convolutional neural network)이니 합성곱 층에 가장 많을까요? 곱셈의 수도 함께 세어 봅시다. 이미지 한 장이 지날 때, 합성곱 층은 출력값마다 커널 하나만큼 곱하고 밀집층은 가중치마다 한 번 곱합니다.

# %% [markdown] lang="en"
# As the warning advises, `keras.Input` comes first. The shape of the input is not a property of a layer but **what the model takes**. `Input` is not counted as a layer, so `model.layers` holds {{ len(model.layers) }}.
#
# ## Where are the weights? {#where}
#
# There are {{ f"{total:,}" }} weights and biases. This is a convolutional network: are most of them in the convolutional layers? Let us count the multiplications as well. For one image, a convolutional layer multiplies once for each weight of a kernel at each output value, a dense layer once for each weight.

# %%
work = [conv1**2 * 32 * 9 * 1, conv2**2 * 64 * 9 * 32, flat * 100, 100 * 10]
layers = [layer for layer in model.layers if layer.count_params()]
print("layer     parameters          multiplications")
for layer, count in zip(layers, work, strict=True):
    parameters = layer.count_params()
    print(f"{layer.name:9} {parameters:10,} {parameters / total:7.1%}", end="")
    print(f" {count:16,} {count / sum(work):7.1%}")

# %% [markdown] lang="ko"
# 가중치의 {{ f"{predicted[5][3] / total:.0%}" }}가 뉴런 100개짜리 밀집층 하나에 있습니다. 펼친 {{ f"{flat:,}" }}개를 뉴런 100개에 모두 잇기 때문입니다. 반대로 곱셈의 {{ f"{(work[0] + work[1]) / sum(work):.0%}" }}는 합성곱 층이 합니다.
# 적은 가중치를 이미지의 모든 자리에서 [되풀이해 쓰기](../components/dense.py#locality) 때문입니다.
#
# 풀링이 없다면 어떨까요? 두 번째 풀링만 빼도 펼친 값이 {{ f"{conv2 * conv2 * 64:,}" }}개로 늘고, 밀집층의 가중치와 절편은 {{ f"{dense_parameters(conv2 * conv2 * 64, 100):,}" }}개가 됩니다.
#
# ## 소프트맥스: 점수를 확률로 {#softmax}
#
# 마지막 층의 뉴런 열 개는 저마다 점수를 하나 냅니다. 점수 $z$는 음수일 수도, 아주 클 수도 있습니다. **소프트맥스**는 이것을 합이 1인 확률로 바꿉니다.
#
# $$
# p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
# $$
#
# $e^z$는 늘 양수이고, 전체로 나누었으니 합이 1입니다. 점수가 2, 1, -1이면 확률은 얼마일까요? 점수 2는 점수 1의 두 배인데, 확률도 두 배일까요?

# %% [markdown] lang="en"
# One dense layer, that of 100 neurons, holds {{ f"{predicted[5][3] / total:.0%}" }} of the weights, because it joins all {{ f"{flat:,}" }} flattened values to 100 neurons. Of the multiplications, on the other hand, the convolutional layers do {{ f"{(work[0] + work[1]) / sum(work):.0%}" }},
# because they [use their few weights again](../components/dense.py#locality) at every place of the image.
#
# What if there were no pooling? Leave out just the second, and there would be {{ f"{conv2 * conv2 * 64:,}" }} flattened values, and {{ f"{dense_parameters(conv2 * conv2 * 64, 100):,}" }} weights and biases in the dense layer.
#
# ## Softmax: from scores to probabilities {#softmax}
#
# Each of the ten neurons of the last layer gives a score. A score $z$ may be negative, or very large. **Softmax** turns scores into probabilities that add up to 1.
#
# $$
# p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
# $$
#
# $e^z$ is always positive, and dividing by the sum makes the total 1. Which probabilities do the scores 2, 1 and -1 give? The score 2 is twice the score 1: is its probability twice as large, too?

# %%
import numpy as np


def softmax(scores):
    powers = np.exp(scores)
    return powers / powers.sum()


scores = np.array([2.0, 1.0, -1.0])
print("e^z:       ", np.exp(scores).round(3))
print("softmax:   ", softmax(scores).round(3), "sum", softmax(scores).sum())
print("scores + 5:", softmax(scores + 5).round(3))
print("scores * 3:", softmax(scores * 3).round(3))

# %% [markdown] lang="ko"
# 점수가 1만큼 크면 확률은 {{ f"{softmax(scores)[0] / softmax(scores)[1]:.3f}" }}배, 곧 $e$배입니다. 소프트맥스는 점수의 **차이**만 봅니다. 모든 점수에 5를 더해도 결과는 같습니다. 점수를 3배로 키우면 차이가 커져서 가장 큰 확률이 {{ f"{softmax(scores * 3)[0]:.3f}" }}까지 올라갑니다.
# 점수의 순서는 바뀌지 않으므로, 가장 큰 확률의 클래스는 가장 큰 점수의 클래스입니다.
#
# !!! warning "흔한 오해"
#     소프트맥스의 출력이 0.99라고 해서 99% 맞는다는 보장은 없습니다. 합이 1이 되도록 나눈 수일 뿐입니다. [얼마나 믿을 수 있는지](evaluation.py#confidence)는 재어 보아야 압니다.
#
# 아직 훈련하지 않은 모델에 이미지를 한 장 넣으면 어떤 확률이 나올까요?

# %% [markdown] lang="en"
# Where the score is larger by 1, the probability is {{ f"{softmax(scores)[0] / softmax(scores)[1]:.3f}" }} times as large, which is $e$. Softmax sees nothing but the **differences** of the scores: add 5 to all, and nothing changes. With scores 3 times as large, the differences grow, and the largest probability rises to {{ f"{softmax(scores * 3)[0]:.3f}" }}.
# The order stays the same, so the class with the largest probability is the one with the largest score.
#
# !!! warning "A common misconception"
#     An output of 0.99 is no promise of being right 99% of the time. It is a number divided so that the total is 1. [How far it can be trusted](evaluation.py#confidence) has to be measured.
#
# The model is not trained yet. Which probabilities does it give for an image?

# %%
from cnn_guide.fashion_mnist import load, scale

images = scale(load().test_images[:100])
untrained = model.predict(images[:1], verbose=0)
print(untrained.round(3), "sum", untrained.sum().round(6))

# %% [markdown] lang="ko"
# 모두 {{ f"{untrained.min():.2f}" }}에서 {{ f"{untrained.max():.2f}" }} 사이입니다. 열 클래스 가운데 어느 것도 고르지 못하고 있습니다. 가중치는 아직 [초기화](../visualization/kernels.py#untrained)(initialisation)한 그대로이기 때문입니다.
#
# ## 드롭아웃: 일부러 끄기 {#dropout}
#
# 드롭아웃 층은 **훈련할 때만** 일합니다. 이미지가 지날 때마다 뉴런을 40%쯤 무작위로 새로 골라 출력을 0으로 만듭니다. 어느 뉴런이 꺼질지 모르니, 몇몇 뉴런만 믿고 답하는 신경망은 손해를 봅니다. 그래서 많은 뉴런이 조금씩 나누어 배우게 되고,
# 훈련 세트(training set)만 외우는 [과대적합](training.py#curves)(overfitting)이 줄어듭니다. 가중치는 없습니다.
#
# 1이 열 개인 입력을 넣어 봅시다. 꺼지지 않은 값은 그대로 1일까요?

# %% [markdown] lang="en"
# All lie between {{ f"{untrained.min():.2f}" }} and {{ f"{untrained.max():.2f}" }}. It hardly prefers any of the ten classes, because its weights are still the random ones of the [initialisation](../visualization/kernels.py#untrained).
#
# ## Dropout: switched off on purpose {#dropout}
#
# A dropout layer works **in training only**. For every image that passes it picks about 40% of the neurons anew, at random, and makes their outputs 0. As nobody knows which neurons will be off, a network that relies on a few of them does badly. So many neurons come to share the work,
# and there is less [overfitting](training.py#curves), which is learning the training set by heart. Dropout has no weights.
#
# Put in ten ones. Are the values that are not switched off still 1?

# %%
dropout = keras.layers.Dropout(0.4, seed=0)
ones = np.ones((1, 10), "float32")
print("training:  ", dropout(ones, training=True).numpy().round(3))
print("prediction:", dropout(ones, training=False).numpy().round(3))

many = dropout(np.ones((1, 100_000), "float32"), training=True).numpy()
print(f"of 100,000 ones: {(many == 0).mean():.1%} off, mean {many.mean():.3f}")

# %% [markdown] lang="ko"
# 남은 값은 {{ f"{many.max():.3f}" }}, 곧 $1 / (1 - 0.4)$입니다. 꺼진 만큼 남은 값을 키워서 평균을 1로 지킵니다. 그래서 예측할 때는 아무것도 끄지 않고 아무것도 곱하지 않아도, 다음 층이 받는 값의 크기가 평균으로는 훈련할 때와 같습니다.
#
# 우리 모델에서도 볼 수 있습니다. 같은 이미지를 두 번 넣습니다.

# %% [markdown] lang="en"
# A value that is left on becomes {{ f"{many.max():.3f}" }}, that is $1 / (1 - 0.4)$. The remaining values are enlarged to make up for the missing ones, which keeps the mean at 1. So in prediction nothing is switched off and nothing multiplied, and yet the next layer receives values as large, on average, as in training.
#
# The same can be seen in our model. We put in one image twice.

# %%
for training in (True, False):
    once = model(images[:1], training=training).numpy()
    again = model(images[:1], training=training).numpy()
    difference = np.abs(once - again).max()
    print(f"training={training!s:5}: largest difference {difference:.4f}")

# %% [markdown] lang="ko"
# 훈련할 때는 같은 이미지라도 결과가 다르고, 예측할 때는 늘 같습니다. `predict`와 `evaluate`는 드롭아웃을 쓰지 않습니다.
#
# ## Keras와 비교하기 {#check}
#
# 미리 구한 크기와 개수가 Keras와 모두 같은지, 손으로 쓴 소프트맥스가 Keras의 것과 같은지 확인합니다. 패키지의 `build`가 방금 만든 모델과 같은지도 봅니다.

# %% [markdown] lang="en"
# In training even the same image gives different results; in prediction the result is always the same. `predict` and `evaluate` do not use dropout.
#
# ## Checked against Keras {#check}
#
# Are all shapes and counts that we predicted those of Keras, and is softmax by hand the softmax of Keras? And is the model we just built the one that `build` in the package makes?

# %%
from cnn_guide.model import build

ours = [(shape, parameters) for _, shape, _, parameters in predicted]
theirs = [(one.output.shape[1:], one.count_params()) for one in model.layers]
print("shapes and counts equal:", ours == theirs)

random_scores = np.random.default_rng(0).normal(0, 5, size=(1000, 10))
expected = keras.activations.softmax(random_scores.astype("float32")).numpy()
by_hand = np.array([softmax(row) for row in random_scores])
difference = np.abs(by_hand - expected).max()
print(f"softmax of 1,000 images, largest difference {difference:.1e}")


def described(model):
    settings = [layer.get_config() for layer in model.layers]
    return [{**values, "name": None} for values in settings]


print("same as build():", described(model) == described(build()))

# %% [markdown] lang="ko"
# 층 {{ len(theirs) }}개의 크기와 개수가 {{ "모두 같고" if ours == theirs else "다르고" }}, 소프트맥스의 차이는 커야 {{ f"{difference:.1e}" }}입니다. 이제 이 모델을 [훈련](training.py#training)합니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "둘째 합성곱 층의 커널이 (5, 5)라면 이 층의 가중치와 절편은 모두 몇 개인가요?"
#     `{{ f"{conv_parameters(5, channels=32, filters=64):,}" }}`
#
#     $5 \times 5 \times 32 \times 64 + 64$입니다.
#
# ??? quiz "이미지가 (56, 56, 1)이면 뉴런 100개인 밀집층의 가중치와 절편은 모두 몇 개인가요?"
#     `{{ f"{dense_parameters(14 * 14 * 64, 100):,}" }}`
#
#     풀링을 두 번 지나면 (14, 14, 64)가 남습니다. 합성곱 층의 가중치는 그대로인데 밀집층만 약 네 배가 됩니다.
#
# ??? quiz "`Dropout(0.75)`는 훈련할 때 꺼지지 않은 값에 몇을 곱하나요?"
#     `{{ int(1 / (1 - 0.75)) }}`
#
#     $1 / (1 - 0.75)$입니다.

# %% [markdown] lang="en"
# Shapes and counts of {{ len(theirs) }} layers are {{ "all equal" if ours == theirs else "different" }}, and softmax differs by {{ f"{difference:.1e}" }} at most. Now this model is [trained](training.py#training).
#
# ## Exercises {#exercises}
#
# ??? quiz "If the kernels of the second convolutional layer were (5, 5), how many weights and biases would it have?"
#     `{{ f"{conv_parameters(5, channels=32, filters=64):,}" }}`
#
#     $5 \times 5 \times 32 \times 64 + 64$.
#
# ??? quiz "If the images were (56, 56, 1), how many weights and biases would the dense layer of 100 neurons have?"
#     `{{ f"{dense_parameters(14 * 14 * 64, 100):,}" }}`
#
#     Two poolings leave (14, 14, 64). The convolutional layers have as many weights as before; only the dense layer has about four times as many.
#
# ??? quiz "By how much does `Dropout(0.75)` multiply the values that are not switched off in training?"
#     `{{ int(1 / (1 - 0.75)) }}`
#
#     $1 / (1 - 0.75)$.

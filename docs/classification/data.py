# %% [markdown] lang="ko"
# # 데이터 {#data}
#
# 이 수업을 마치면
#
# - 패션 MNIST의 이미지와 타깃(target)이 어떤 배열인지 말할 수 있고,
# - 픽셀을 0과 1 사이로 바꾸고 채널(channel) 축을 더하는 까닭을 설명할 수 있으며,
# - 훈련 세트(training set), 검증 세트(validation set), 테스트 세트(test set)의 할 일을 구분할 수 있습니다.
#
# ## 데이터 불러오기 {#load}
#
# 이제 [합성곱 신경망](../components/network.py#network)(convolutional neural network)으로 진짜 사진을 분류합니다. 패션 MNIST(Fashion-MNIST)는 옷, 신발, 가방을 찍은
# 작은 흑백 이미지 모음입니다. 이미지마다 무엇을 찍었는지 알려 주는 번호, 곧 **타깃**이 하나씩 붙어 있습니다.

# %% [markdown] lang="en"
# # Data {#data}
#
# After this lesson you can
#
# - say in what arrays the images and targets of Fashion-MNIST come,
# - explain why pixels are scaled to lie between 0 and 1 and why a channel axis is added,
# - say what the training set, the validation set and the test set are each for.
#
# ## Loading the data {#load}
#
# Now a [convolutional neural network](../components/network.py#network) is to sort real pictures. Fashion-MNIST is a collection of small grey images of clothes, shoes and
# bags. With each image comes a number that says what it shows: its **target**.

# %%
from cnn_guide.fashion_mnist import load

data = load()
train_input, train_target = data.train_images, data.train_labels
test_input, test_target = data.test_images, data.test_labels
print("train:", train_input.shape, train_target.shape, train_input.dtype)
print("test: ", test_input.shape, test_target.shape, test_input.dtype)

# %% [markdown] lang="ko"
# `load`는 먼저 이 컴퓨터에서 데이터를 찾고, 없으면 내려받습니다. 파일이 원래 것과 같은지도 확인합니다.
# 이 패키지 없이 Keras만 쓴다면 다음과 같이 같은 배열 네 개를 얻습니다.
#
# ```python
# import keras
#
# train, test = keras.datasets.fashion_mnist.load_data()
# (train_input, train_target), (test_input, test_target) = train, test
# ```
#
# 훈련용 이미지는 {{ f"{len(train_input):,}" }}장, 테스트용은 {{ f"{len(test_input):,}" }}장입니다. 한 장은 {{ train_input.shape[1] }}행 {{ train_input.shape[2] }}열이고, 픽셀마다
# 0에서 {{ train_input.max() }}까지의 정수(uint8)가 하나 있습니다. 0은 바탕입니다. 데이터를 만들 때 명암을 뒤집었기 때문에, 수가 클수록 어두운 옷감입니다. 그래서 이 강의의 그림도 큰 수를 어둡게 그립니다.
#
# 첫 번째 이미지의 가운데를 조금 잘라서 봅시다. 신경망이 보는 것은 그림이 아니라 이런 숫자입니다.

# %% [markdown] lang="en"
# `load` looks for the data on this computer first and downloads it if it is not there. It also checks that the files are the original ones.
# If you use Keras alone, without this package, this gives the same four arrays.
#
# ```python
# import keras
#
# train, test = keras.datasets.fashion_mnist.load_data()
# (train_input, train_target), (test_input, test_target) = train, test
# ```
#
# There are {{ f"{len(train_input):,}" }} images for training and {{ f"{len(test_input):,}" }} for testing. One image has {{ train_input.shape[1] }} rows and {{ train_input.shape[2] }} columns, and each pixel is
# an integer (uint8) from 0 to {{ train_input.max() }}. 0 is the background. The photographs were inverted when the data was made, so the larger the number, the darker the cloth. That is why the figures of this course draw large numbers dark.
#
# Here is a small piece from the middle of the first image. The network sees no picture, only numbers like these.

# %%
print(train_input[0, 12:18, 10:18])

# %% [markdown] lang="ko"
# ## 열 가지 클래스 {#classes}
#
# 타깃은 0에서 9까지의 정수입니다. 번호마다 클래스(class)의 이름이 정해져 있습니다. 클래스마다 첫 이미지를 하나씩 꺼내 봅시다.

# %% [markdown] lang="en"
# ## The ten classes {#classes}
#
# A target is an integer from 0 to 9, and each number stands for a class with a name. Let us look at the first image of each class.

# %%
from cnn_guide.fashion_mnist import CLASS_NAMES
from cnn_guide.figures import gallery_figure
from cnn_guide.labels import language

classes = CLASS_NAMES[language()]
first = [(train_target == label).argmax() for label in range(10)]
titles = [f"{label} {name}" for label, name in enumerate(classes)]
gallery_figure(train_input[first], titles)

# %% [markdown] lang="ko"
# 번호는 이름표일 뿐 크기가 아닙니다. 9번이 1번보다 "크다"는 뜻도, 3번과 4번이 닮았다는 뜻도 없습니다. 그래서 신경망은 번호 하나를 맞히는 대신
# [클래스마다 확률을 하나씩](model.py#softmax) 냅니다.
#
# 클래스마다 이미지가 몇 장씩 있을까요? 어느 한 클래스가 훨씬 많으면, 늘 그 클래스라고 답해도 많이 맞힙니다.

# %% [markdown] lang="en"
# The number is a name, not a quantity. It does not mean that 9 is "more" than 1, nor that 3 and 4 are alike. So the network does not predict the number
# but gives [one probability for each class](model.py#softmax).
#
# How many images does each class have? If one class were far larger than the others, a network could often be right by always answering with that class.

# %%
import numpy as np

print("train:", np.bincount(train_target))
print("test: ", np.bincount(test_target))

# %% [markdown] lang="ko"
# 클래스마다 훈련용 {{ f"{np.bincount(train_target).min():,}" }}장, 테스트용 {{ f"{np.bincount(test_target).min():,}" }}장으로 {{ "똑같습니다" if np.ptp(np.bincount(train_target)) == 0 else "거의 같습니다" }}. 아무렇게나 답하면 {{ f"{1 / len(classes):.0%}" }}쯤 맞힙니다. 앞으로 볼 정확도(accuracy)는 이 값과 견주어 읽으세요.
#
# 이제 직접 맞혀 보세요. 다음 다섯 장은 모두 윗옷입니다. 티셔츠, 스웨터, 코트, 셔츠 가운데 어느 것일까요? 적어 두었다가 [연습 문제](#exercises)에서 확인하세요.

# %% [markdown] lang="en"
# Each class has {{ f"{np.bincount(train_target).min():,}" }} images for training and {{ f"{np.bincount(test_target).min():,}" }} for testing, {{ "exactly" if np.ptp(np.bincount(train_target)) == 0 else "or nearly so" }}. Guessing at random is right {{ f"{1 / len(classes):.0%}" }} of the time. Compare the accuracies to come with that.
#
# Now try it yourself. The next five images are all worn above the waist. Which of T-shirt/top, Pullover, Coat and Shirt are they? Write down your answers, and check them in the [exercises](#exercises).

# %%
tops = np.flatnonzero(np.isin(train_target, [0, 2, 4, 6]))
puzzle = np.random.default_rng(5).choice(tops, 5, replace=False)
gallery_figure(train_input[puzzle], ["A", "B", "C", "D", "E"])

# %% [markdown] lang="ko"
# 사람에게도 헷갈리는 이미지가 있습니다. 어떤 클래스들이 서로 닮았는지 기억해 두세요. 신경망이 무엇을 헷갈리는지는 [평가](evaluation.py#confusion-matrix)에서 봅니다.
#
# ## 0과 1 사이로 바꾸기 {#scale}
#
# 신경망에 넣기 전에 픽셀을 {{ train_input.max() }}로 나누어 0과 1 사이로 바꿉니다. 처음 [가중치](../components/dense.py#dense-layer)(weight)는 입력이 1 안팎의 크기일 때 잘 맞도록 정해지기 때문입니다.
# 나누지 않으면 훈련이 얼마나 큰 손실(loss)에서 출발하는지는 [훈련](training.py#compile)에서 재어 봅니다.
#
# 흔히 `train_input / 255.0`이라고 씁니다. 이때 배열이 차지하는 메모리는 몇 배가 될까요? 정수 하나는 1바이트입니다.

# %% [markdown] lang="en"
# Some images are hard for people, too. Remember which classes look alike. The lesson on [evaluation](evaluation.py#confusion-matrix) shows what the network mixes up.
#
# ## Between 0 and 1 {#scale}
#
# Before the pixels enter the network, they are divided by {{ train_input.max() }}, so that they lie between 0 and 1. The [weights](../components/dense.py#dense-layer) that training starts from are chosen to suit inputs of about that size.
# The lesson on [training](training.py#compile) measures what happens at the start when they are not divided.
#
# Often this is written `train_input / 255.0`. How many times as much memory does the array then take? One of these integers takes 1 byte.

# %%
divided = train_input / 255.0
scaled = train_input.astype("float32") / 255
for array in (train_input, divided, scaled):
    print(f"{array.dtype!s:8} {array.nbytes / 1e6:6.1f} MB")
difference = np.abs(divided - scaled).max()
print(f"largest difference {difference:.1e}")

# %% [markdown] lang="ko"
# `/ 255.0`은 정수를 **float64**로 바꿉니다. 8바이트씩이므로 {{ divided.nbytes // train_input.nbytes }}배인 {{ f"{divided.nbytes / 1e6:.1f}" }} MB가 됩니다. 먼저 **float32**로 바꾸고 나누면 그 절반인 {{ f"{scaled.nbytes / 1e6:.1f}" }} MB입니다.
# Keras의 층은 기본으로 float32로 계산하므로, float64로 넣어도 어차피 float32로 바꿉니다. 두 결과의 차이는 커야 {{ f"{difference:.0e}" }}이니 메모리만 두 배 쓰는 셈입니다.
#
# ## 채널 축 더하기 {#channel-axis}
#
# `Conv2D` 층은 이미지 한 장이 [(높이, 너비, 채널)](../components/channels.py#channels)인 배열을 받습니다. 흑백 이미지는 채널이 하나입니다. 그런데 우리 배열에는 채널 축이 없습니다.
# `reshape`로 **마지막 차원만 하나 더합니다**. `-1`은 "나머지에 맞게"라는 뜻이라, 이미지 수를 적지 않아도 됩니다.

# %% [markdown] lang="en"
# `/ 255.0` turns the integers into **float64**. At 8 bytes each, that is {{ divided.nbytes // train_input.nbytes }} times as much, {{ f"{divided.nbytes / 1e6:.1f}" }} MB. Turned into **float32** first and then divided, they take half of that, {{ f"{scaled.nbytes / 1e6:.1f}" }} MB.
# The layers of Keras compute in float32 by default and turn float64 into float32 anyway. The two results differ by {{ f"{difference:.0e}" }} at most, so float64 takes twice the memory for nothing.
#
# ## Adding the channel axis {#channel-axis}
#
# A `Conv2D` layer takes images that are [(height, width, channels)](../components/channels.py#channels) each. A grey image has one channel, but our array has no axis for it.
# Here `reshape` does nothing but **add the last dimension**. `-1` means "whatever fits", so the number of images need not be written.

# %%
del divided  # the largest array of this page
train_scaled = scaled.reshape(-1, 28, 28, 1)
print(scaled.shape, "->", train_scaled.shape)
print("same values:", np.array_equal(train_scaled[:, :, :, 0], scaled))

# %% [markdown] lang="ko"
# 값도, 순서도, 메모리도 그대로입니다. 보는 모양만 달라졌습니다. 앞에 있는 {{ f"{train_scaled.shape[0]:,}" }}은 이미지의 수이고, 뒤의 (28, 28, 1)이 이미지 한 장입니다.
#
# ## 훈련, 검증, 테스트 {#split}
#
# 시험 문제를 미리 풀어 본 학생의 점수는 믿을 수 없습니다. 신경망도 마찬가지여서, 훈련에 쓴 이미지로는 실력을 잴 수 없습니다.
# 그래서 데이터를 셋으로 나눕니다. 테스트 세트는 이미 따로 있으므로, 훈련용에서 20%를 떼어 검증 세트로 삼습니다.

# %% [markdown] lang="en"
# Values, order and memory stay as they are; only the shape changes. The {{ f"{train_scaled.shape[0]:,}" }} in front is the number of images, and the (28, 28, 1) after it is the shape of one image.
#
# ## Training, validation, test {#split}
#
# The mark of a student who has seen the exam beforehand means nothing. It is the same with a network: images that it was trained on cannot tell how good it is.
# So the data is split in three. A test set is there already; of the images for training, 20% are set apart as the validation set.

# %%
from sklearn.model_selection import train_test_split

train_scaled, val_scaled, train_target, val_target = train_test_split(
    train_scaled, train_target, test_size=0.2, random_state=42
)
print("training:  ", train_scaled.shape, train_target.shape)
print("validation:", val_scaled.shape, val_target.shape)

# %% [markdown] lang="ko"
# | 세트 | 이미지 | 무엇을 정하나요? | 언제 쓰나요? |
# | --- | ---: | --- | --- |
# | 훈련 세트 | {{ f"{len(train_target):,}" }}장 | 가중치 | 훈련하는 내내 |
# | 검증 세트 | {{ f"{len(val_target):,}" }}장 | 언제 멈출지, 어느 에포크(epoch)의 가중치를 쓸지 | 에포크가 끝날 때마다 |
# | 테스트 세트 | {{ f"{len(test_target):,}" }}장 | 아무것도 정하지 않습니다 | 마지막에 한 번 |
#
# 검증 세트의 이미지로는 가중치를 고치지 않습니다. 하지만 검증 점수가 가장 좋은 때를 골라 멈추므로, 그 점수는 조금 좋게 나오기 쉽습니다. [고르는 데 쓴 데이터](evaluation.py#test-once)이기 때문입니다.
# 그래서 고르는 데 쓰지 않은 테스트 세트가 따로 있어야 합니다.
#
# `train_test_split`은 이미지와 타깃을 **함께** 섞고 나눕니다. 그래서 짝이 어긋나지 않습니다. `random_state=42`를 주면 늘 똑같이 섞입니다. 42라는 수에는 다른 뜻이 없습니다.
#
# ## 클래스의 비율도 맞춰야 할까요? {#stratify}
#
# 섞어서 20%를 떼었으니, 클래스마다 꼭 20%씩 떼어지지는 않습니다. `stratify`에 타깃을 주면 클래스마다 똑같은 비율로 나눕니다. 검증 세트에 클래스별로 몇 장씩 들어갔는지 비교해 봅시다.

# %% [markdown] lang="en"
# | set | images | what does it decide? | when is it used? |
# | --- | ---: | --- | --- |
# | training set | {{ f"{len(train_target):,}" }} | the weights | all through training |
# | validation set | {{ f"{len(val_target):,}" }} | when to stop, and from which epoch to take the weights | at the end of each epoch |
# | test set | {{ f"{len(test_target):,}" }} | nothing | once, at the end |
#
# No weight is changed for the images of the validation set. But training stops where their score is best, so that score tends to be a little too good. They are [data by which something was chosen](evaluation.py#test-once).
# That is why there has to be a test set, by which nothing is chosen.
#
# `train_test_split` shuffles and splits images and targets **together**, so each image keeps its target. With `random_state=42` it shuffles in the same way every time. The number 42 has no meaning.
#
# ## Should the classes be kept in proportion? {#stratify}
#
# As the 20% are taken after shuffling, they are not exactly 20% of each class. If the targets are given to `stratify`, each class is split in the same proportion. Let us compare how many images of each class end up in the validation set.

# %%
labels = data.train_labels
_, stratified = train_test_split(
    labels,
    test_size=0.2,
    random_state=42,
    stratify=labels,
)
shuffled = np.bincount(val_target)
print("shuffled:  ", shuffled)
print("stratified:", np.bincount(stratified))

# %% [markdown] lang="ko"
# 그냥 섞으면 적은 클래스는 {{ f"{shuffled.min():,}" }}장, 많은 클래스는 {{ f"{shuffled.max():,}" }}장입니다. 이 차이가 문제가 될까요? 검증 정확도에 미치는 영향을 재 봅시다.
# `run`은 이 강의 전체가 함께 쓰는, [이미 끝난 훈련](training.py#fit)의 기록입니다. 그 검증 정확도를, 클래스마다 따로 구해 평균한 정확도와 나란히 놓습니다.

# %% [markdown] lang="en"
# With shuffling alone, the smallest class has {{ f"{shuffled.min():,}" }} images and the largest {{ f"{shuffled.max():,}" }}. Does this matter? Let us measure what it does to the validation accuracy.
# `run` is the record of a [finished training](training.py#fit) that this whole course shares. Next to its accuracy we print the mean of the ten accuracies of the single classes, in which all classes count the same.

# %%
from cnn_guide.training import find_or_train

run = find_or_train()
right = run.val_probabilities.argmax(axis=1) == val_target
as_split = right.mean()
by_class = [right[val_target == label].mean() for label in range(10)]
balanced = np.mean(by_class)
print(f"as split {as_split:.4f}, all classes alike {balanced:.4f}")

# %% [markdown] lang="ko"
# 차이는 {{ f"{abs(as_split - balanced):.4f}" }}입니다. {{ f"{len(right):,}" }}장으로 잰 정확도는 [어떤 이미지가 뽑혔느냐에 따라](evaluation.py#uncertainty) {{ f"{(as_split * (1 - as_split) / len(right)) ** 0.5:.4f}" }}쯤 흔들립니다. 클래스가 고르고 이미지가 넉넉하면 `stratify`는 거의 아무것도 바꾸지 않습니다.
# 이 강의도 쓰지 않습니다. 그래야 [널리 공개된 결과](training.py#why-different)와 같은 조건이 됩니다.
#
# 드문 클래스가 있으면 다릅니다. 500장 가운데 10장만 어떤 클래스라면, 검증 세트에는 2장이 들어가야 맞습니다. 시드(seed)를 바꾸어 가며 200번 나누어 보겠습니다.

# %% [markdown] lang="en"
# They differ by {{ f"{abs(as_split - balanced):.4f}" }}. An accuracy measured on {{ f"{len(right):,}" }} images varies by about {{ f"{(as_split * (1 - as_split) / len(right)) ** 0.5:.4f}" }} anyway, [depending on which images were drawn](evaluation.py#uncertainty). With even classes and plenty of images, `stratify` changes next to nothing.
# This course does not use it, so that its results can be compared with [published ones](training.py#why-different).
#
# A rare class is another matter. If only 10 of 500 images belong to a class, 2 of them should go to the validation set. Let us split 200 times, each time with another seed.

# %%
rare = np.array([1] * 10 + [0] * 490)
counts = []
for seed in range(200):
    _, rare_val = train_test_split(rare, test_size=0.2, random_state=seed)
    counts.append(rare_val.sum())
print("rare images in the validation set: 0, 1, 2, ...")
print("how often:", np.bincount(counts))

# %% [markdown] lang="ko"
# 적게는 {{ min(counts) }}장, 많게는 {{ max(counts) }}장이 들어갔습니다. 한 장도 없던 때가 200번 가운데 {{ counts.count(0) }}번입니다. 이런 데이터에서는 `stratify`를 쓰세요.
#
# ## 패키지와 비교하기 {#check}
#
# 이 강의의 다른 곳에서는 `scale`과 `split`이 같은 일을 대신합니다. 우리가 쓴 코드와 결과가 같은지 확인합니다.

# %% [markdown] lang="en"
# The number of rare images goes from {{ min(counts) }} to {{ max(counts) }}. In {{ counts.count(0) }} of the 200 splits there is none at all. Use `stratify` for data like that.
#
# ## Checked against the package {#check}
#
# Elsewhere in this course `scale` and `split` do this work. Do they give the same as our own code?

# %%
from cnn_guide.fashion_mnist import scale, split

ours = (train_scaled, val_scaled, train_target, val_target)
theirs = split(scale(data.train_images), data.train_labels)
largest = max(np.abs(a - b).max() for a, b in zip(ours, theirs, strict=True))
print("largest difference:", largest)

# %% [markdown] lang="ko"
# 가장 큰 차이가 {{ largest }}입니다. 네 배열이 모두 같습니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "그림 A~E 가운데 셔츠는 몇 장인가요?"
#     `{{ int((data.train_labels[puzzle] == 6).sum()) }}`
#
#     차례대로 {{ ", ".join(f"{letter} {classes[label]}" for letter, label in zip("ABCDE", data.train_labels[puzzle])) }}입니다.
#
# ??? quiz "채널 축을 더하고 float32로 바꾼 이미지 한 장은 몇 바이트인가요?"
#     `{{ scale(data.train_images[:1]).nbytes }}`
#
#     $28 \times 28 \times 1$개의 값이 4바이트씩 차지합니다.
#
# ??? quiz "전체 훈련용 이미지의 4분의 1을 검증 세트로 떼면 훈련 세트에는 몇 장이 남나요?"
#     `{{ len(data.train_labels) * 3 // 4 }}`
#
#     {{ f"{len(data.train_labels):,}" }}장의 4분의 3입니다. `test_size=0.25`라고 씁니다.

# %% [markdown] lang="en"
# The largest difference is {{ largest }}: all four arrays are the same.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many of the images A to E are of the class Shirt?"
#     `{{ int((data.train_labels[puzzle] == 6).sum()) }}`
#
#     They are, in order: {{ ", ".join(f"{letter} {classes[label]}" for letter, label in zip("ABCDE", data.train_labels[puzzle])) }}.
#
# ??? quiz "How many bytes does one image take, with the channel axis and in float32?"
#     `{{ scale(data.train_images[:1]).nbytes }}`
#
#     $28 \times 28 \times 1$ values of 4 bytes each.
#
# ??? quiz "If a quarter of the images for training is set apart as the validation set, how many are left in the training set?"
#     `{{ len(data.train_labels) * 3 // 4 }}`
#
#     Three quarters of {{ f"{len(data.train_labels):,}" }}. In code that is `test_size=0.25`.

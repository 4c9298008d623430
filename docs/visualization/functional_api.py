# %% [markdown] lang="ko"
# # 함수형 API {#functional-api}
#
# 이 수업을 마치면
#
# - 훈련한 모델에서 원하는 층의 출력만 꺼내는 모델을 만들 수 있고,
# - 그 모델이 가중치(weight)를 복사하지 않고 함께 쓴다는 것을 확인할 수 있으며,
# - `Sequential`로는 만들 수 없는, 출력이 둘인 모델을 만들어 훈련할 수 있습니다.
#
# ## 모델의 입력과 출력 {#inputs-outputs}
#
# `model.predict`는 마지막 층의 출력만 돌려줍니다. 그런데 우리는 중간에 있는 특성 맵(feature map)을 보고 싶습니다. 먼저 모델의 양 끝부터 봅시다.

# %% [markdown] lang="en"
# # The functional API {#functional-api}
#
# After this lesson you can
#
# - make, out of a trained model, one that returns the output of just the layer you want,
# - confirm that it shares the weights and does not copy them,
# - build and train a model with two outputs, which `Sequential` cannot express.
#
# ## A model's inputs and outputs {#inputs-outputs}
#
# `model.predict` returns the output of the last layer only. But we want to see the feature maps on the way. Let us look at both ends of the model first.

# %%
import keras

from cnn_guide.training import find_or_train

run = find_or_train()
model = keras.models.load_model(run.path / "best-model.keras")
print(model.inputs)
print(model.outputs)

# %% [markdown] lang="ko"
# `KerasTensor`에는 모양(shape)과 자료형(dtype)은 있지만 **값이 없습니다**. "여기로 이런 배열이 지나간다"는 자리표입니다. 맨 앞의 `None`은 아직 정해지지 않은 배치(batch)의 크기입니다. 한 장이든 백 장이든 들어올 수 있습니다.
#
# 층에도 이런 자리표가 있습니다. `layer.output`입니다. 그러니 자리표 두 개, 곧 어디서 시작해 어디서 끝나는지만 알려 주면 Keras가 그 사이의 층을 이어 모델을 만듭니다.
#
# ## 중간까지만 계산하는 모델 {#sub-model}
#
# 모델의 입력에서 시작해 첫 층의 출력에서 끝내 봅시다.

# %% [markdown] lang="en"
# A `KerasTensor` has a shape and a dtype but **no values**. It is a placeholder: "an array like this passes here". The `None` in front is the size of the batch, which is not fixed yet: one image or a hundred may come in.
#
# Layers have such placeholders, too: `layer.output`. So tell Keras two of them, where to start and where to end, and it makes a model of the layers in between.
#
# ## A model that stops half way {#sub-model}
#
# Let us start at the input of the model and end at the output of its first layer.

# %%
conv_acti = keras.Model(model.inputs, model.layers[0].output)
print(conv_acti.outputs)

# %% [markdown] lang="ko"
# 첫 합성곱 층(convolutional layer)에서 끝나는 새 모델입니다. 이 모델은 다시 훈련해야 할까요? 아닙니다. 층을 새로 만든 것이 아니라 **있던 층을 그대로 가리키기** 때문입니다.

# %% [markdown] lang="en"
# This is a new model that ends at the first convolutional layer. Must it be trained again? No: no new layer was made; the model **refers to the layers that are already there**.

# %%
from cnn_guide.fashion_mnist import load, scale

images = scale(load().train_images[:1])
shared = conv_acti.layers[-1] is model.layers[0]
print("same layer object:", shared)
print(images.shape, "->", conv_acti.predict(images, verbose=0).shape)

# %% [markdown] lang="ko"
# 이미지 한 장을 넣으니 (28, 28) 특성 맵 32장이 나왔습니다. 이것을 그림으로 보는 일이 [다음 수업](feature_maps.py#feature-maps)입니다.
#
# ## 여러 층을 한 번에 {#several}
#
# 출력을 리스트로 주면 여러 층의 출력을 한 번의 계산으로 얻습니다. 합성곱 층마다 모델을 따로 만들면 앞의 층을 여러 번 계산하게 됩니다. 두 합성곱 층의 출력을 함께 꺼내 봅시다. 모양은 각각 어떻게 될까요?

# %% [markdown] lang="en"
# One image goes in, 32 feature maps of (28, 28) come out. We look at them as pictures in the [next lesson](feature_maps.py#feature-maps).
#
# ## Several layers at once {#several}
#
# Given a list of outputs, the model returns those of several layers in one computation. With one model for each, the first layers would be computed again and again. Let us take out both convolutional layers together. What shapes will they have?

# %%
outputs = [model.layers[0].output, model.layers[2].output]
both = keras.Model(model.inputs, outputs)
first, second = both.predict(images, verbose=0)
print(first.shape, second.shape)

# %%
from cnn_guide.figures import graph_figure

operations = "conv max_pool conv max_pool flatten dense dropout dense".split()
shapes = [layer.output.shape[1:] for layer in model.layers]
layers = [("input", (28, 28, 1)), *zip(operations, shapes)]
leaving = [(1, "first", first.shape[1:]), (3, "second", second.shape[1:])]
graph_figure(layers, leaving)

# %% [markdown] lang="ko"
# 비어 있는 상자는 모델 `both`가 계산하지 않는 층입니다. 그림과 `predict`의 차이는 맨 앞의 배치 축뿐입니다. 이 강의에서 중간 출력을 꺼내는 함수도 이렇게 짧습니다. 패키지에 있는 그대로입니다.
# `_layer`는 번호나 이름으로 층을 찾고, `_batch`는 이미지의 모양이 맞는지 확인합니다.

# %% [markdown] lang="en"
# Empty boxes are layers that the model `both` does not compute. The figure leaves out the batch axis that `predict` puts in front. The function with which this course takes out the values in between is just as short. Here it is, as it stands in the package.
# `_layer` finds a layer by number or name, `_batch` checks that the images have the right shape.

# %% output="python"
import inspect

from cnn_guide.inspection import activations

print(inspect.getsource(activations))

# %% [markdown] lang="ko"
# ## 층을 함수처럼 부르기 {#on-top}
#
# 왜 "함수형"일까요? 층을 **함수처럼 불러** 자리표를 넣으면 새 자리표가 나오기 때문입니다. 그래서 있던 출력 위에 층을 더 얹을 수도 있습니다. 특성 맵마다 가장 큰 값 하나만 남기는 층을 얹어 봅시다. [전역 평균 풀링](../components/pooling.py#global)에서 평균을 최댓값으로 바꾼 것입니다.

# %% [markdown] lang="en"
# ## Calling a layer like a function {#on-top}
#
# Why "functional"? Because you **call a layer like a function**: a placeholder goes in, a new one comes out. So a new layer can be put on top of an existing output. Let us add one that keeps only the largest value of each feature map: [global average pooling](../components/pooling.py#global) with the maximum in place of the mean.

# %%
peak = keras.layers.GlobalMaxPooling2D()(model.layers[0].output)
peaks = keras.Model(model.inputs, peak)
found = peaks.predict(images, verbose=0)
print(peak.shape, found.shape, (found == first.max(axis=(1, 2))).all())

# %% [markdown] lang="ko"
# 특성 맵 32장이 숫자 {{ found.shape[1] }}개가 되었습니다. NumPy로 구한 최댓값과 {{ "같습니다" if (found == first.max(axis=(1, 2))).all() else "다릅니다" }}. 이미지가 만 장이어도 맵을 모두 저장하지 않고 최댓값만 얻을 수 있어서, 다음 수업에서 다시 씁니다.
#
# ## Sequential로는 왜 안 될까요? {#two-outputs}
#
# `Sequential`은 층을 한 줄로 세웁니다. 들어가는 곳도 하나, 나오는 곳도 하나입니다. 이미지 한 장에서 **두 가지를 동시에** 묻고 싶다면 어떨까요? 예를 들어 "어떤 종류인가?"와 "신는 것인가?"를 함께 묻는 모델은 마지막에서 두 갈래로 갈라집니다. 한 줄로는 만들 수 없습니다.

# %% [markdown] lang="en"
# 32 feature maps became {{ found.shape[1] }} numbers. They {{ "equal" if (found == first.max(axis=(1, 2))).all() else "differ from" }} the maxima that NumPy finds. With ten thousand images, this gives the maxima without keeping all maps; we use it again in the next lesson.
#
# ## Why not Sequential? {#two-outputs}
#
# `Sequential` puts layers in one row, with one input and one output. What if we want to ask **two questions at once** about an image? A model that answers "what kind is it?" and "is it worn on the feet?" splits in two at its end. That cannot be done in one row.

# %%
keras.utils.set_random_seed(42)
inputs = keras.Input((28, 28, 1))
x = keras.layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = keras.layers.MaxPooling2D(4)(x)
x = keras.layers.Flatten()(x)
kind = keras.layers.Dense(10, activation="softmax", name="kind")(x)
footwear = keras.layers.Dense(1, activation="sigmoid", name="footwear")(x)
two = keras.Model(inputs, [kind, footwear])

# %%
steps = ["input", "conv", "max_pool", "flatten"]
row = [(step, layer.output.shape[1:]) for step, layer in zip(steps, two.layers)]
graph_figure(row, [(3, "kind", (10,)), (3, "footwear", (1,))])

# %% [markdown] lang="ko"
# 갈라지기 전의 층은 두 질문이 함께 씁니다. `kind`는 클래스 10개의 확률을 냅니다. `footwear`는 0과 1 사이의 수 하나를 냅니다. 시그모이드(sigmoid)는 점수를 이런 확률로 바꾸는 함수입니다.
#
# 출력이 둘이니 손실(loss)도 둘이고, 타깃(target)도 둘입니다. Keras는 두 손실을 더한 값을 줄입니다. 훈련 이미지 2,000장으로 한 에포크(epoch)만 훈련해 봅시다. 짧게 훈련하므로, 가중치를 한 번에 고치는 크기인 학습률을 평소(0.001)보다 크게 0.005로 정했습니다. 신는 것은 샌들, 스니커즈, 앵클 부츠이고 번호는 5, 7, 9입니다.

# %% [markdown] lang="en"
# The layers before the split serve both questions. `kind` gives the probabilities of ten classes, `footwear` a single number between 0 and 1. Sigmoid is the function that turns a score into such a probability.
#
# Two outputs need two losses and two targets. What Keras makes smaller is the sum of the two losses. Let us train for a single epoch, on 2,000 of the training images. As the training is short, the learning rate, which says how far the weights move at a time, is 0.005 in place of the usual 0.001. The classes worn on the feet are sandals, sneakers and ankle boots, numbers 5, 7 and 9.

# %%
import numpy as np

data = load()
train, test = scale(data.train_images[:2000]), scale(data.test_images[:1000])
labels, test_labels = data.train_labels[:2000], data.test_labels[:1000]
on_feet = np.isin(labels, [5, 7, 9]).astype("float32")
test_on_feet = np.isin(test_labels, [5, 7, 9])

two.compile(
    optimizer=keras.optimizers.Adam(0.005),
    loss=["sparse_categorical_crossentropy", "binary_crossentropy"],
)
two.fit(train, [labels, on_feet], epochs=1, verbose=0)

kinds, feet = two.predict(test, verbose=0)
print(kinds.shape, feet.shape)
kind_right = (kinds.argmax(axis=1) == test_labels).mean()
feet_right = ((feet[:, 0] > 0.5) == test_on_feet).mean()
print(f"kind {kind_right:.1%}, footwear {feet_right:.1%}")

# %% [markdown] lang="ko"
# 한 번의 `predict`가 배열 두 개를 돌려줍니다. 테스트 이미지 {{ f"{len(test):,}" }}장에서 종류는 {{ f"{kind_right:.1%}" }}, 신는 것인지는 {{ f"{feet_right:.1%}" }}를 맞혔습니다. 조금만 훈련했으므로 열 가지를 가리는 일은 아직 서툽니다. 둘 중 하나를 고르는 질문은 더 쉽습니다.
#
# 입력이 여럿인 모델도 같은 방법으로 만듭니다. `keras.Input`을 두 번 부르고, 층으로 합치고, `keras.Model([a, b], output)`이라고 쓰면 됩니다.
#
# !!! note "Sequential도 속은 같습니다"
#     `Sequential`로 만든 모델에서 `model.inputs`와 `layer.output`을 쓸 수 있었던 것은, Keras가 그 안에 함수형 모델을 만들어 두기 때문입니다. 한 줄로 충분하면 `Sequential`이 더 읽기 쉽습니다.
#
# ## Keras와 비교하기 {#check}
#
# 모델을 둘로 나누어 봅시다. 앞쪽 모델이 둘째 합성곱 층까지 계산하고, 나머지 층을 하나씩 이어서 부릅니다. 그 결과는 훈련을 마치고 원래 모델의 `predict`로 구해 둔 확률과 같아야 합니다.

# %% [markdown] lang="en"
# One `predict` returns two arrays. On {{ f"{len(test):,}" }} test images, the kind is right in {{ f"{kind_right:.1%}" }} and footwear in {{ f"{feet_right:.1%}" }} of cases. After so little training, the model still tells ten kinds apart poorly. A question with two answers is easier.
#
# A model with several inputs is made the same way: call `keras.Input` twice, join the two with a layer, and write `keras.Model([a, b], output)`.
#
# !!! note "Sequential is the same inside"
#     We could use `model.inputs` and `layer.output` on a model made with `Sequential`, because Keras keeps a functional model inside it. Where one row is enough, `Sequential` is easier to read.
#
# ## Checked against Keras {#check}
#
# Let us cut the model in two. The first part computes up to the second convolutional layer, then we call the remaining layers one by one. The result must be the probabilities that `predict` of the original model gave at the end of training.

# %%
_, values = both([test[:100]])
for layer in model.layers[3:]:
    values = layer(values)
difference = abs(values.numpy() - run.test_probabilities[:100]).max()
print(f"largest difference {difference:.1e}")

# %% [markdown] lang="ko"
# 이미지 100장에서 가장 큰 차이는 {{ f"{difference:.1e}" }}입니다. {{ "완전히 같습니다." if difference == 0 else "계산 순서가 달라 생기는 float32의 반올림 오차입니다." }}
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "`keras.Model(model.inputs, model.layers[3].output)`에 이미지 5장을 넣으면 출력의 모양은 무엇인가요?"
#     `{{ (5, *model.layers[3].output.shape[1:]) }}`
#
#     `layers[3]`은 둘째 풀링 층(pooling layer)입니다. 배치의 크기 5가 맨 앞에 옵니다.
#
# ??? quiz "모델 `conv_acti`의 가중치와 절편(bias)은 모두 몇 개인가요?"
#     `{{ conv_acti.count_params() }}`
#
#     첫 합성곱 층만 들어 있으므로 $3 \times 3 \times 1 \times 32 + 32$입니다.
#
# ??? quiz "출력이 둘인 모델 `two`에서 `footwear` 층의 가중치와 절편은 모두 몇 개인가요?"
#     `{{ two.get_layer("footwear").count_params() }}`
#
#     (28, 28) 맵 8장이 풀링으로 (7, 7)이 되므로 펼치면 $7 \times 7 \times 8 = 392$개입니다. 뉴런은 하나이고 절편도 하나입니다.

# %% [markdown] lang="en"
# Over 100 images the largest difference is {{ f"{difference:.1e}" }}. {{ "They are exactly the same." if difference == 0 else "That is rounding in float32, from another order of computation." }}
#
# ## Exercises {#exercises}
#
# ??? quiz "Give 5 images to `keras.Model(model.inputs, model.layers[3].output)`. What shape is the output?"
#     `{{ (5, *model.layers[3].output.shape[1:]) }}`
#
#     `layers[3]` is the second pooling layer. The size of the batch, 5, comes first.
#
# ??? quiz "How many weights and biases does the model `conv_acti` have in all?"
#     `{{ conv_acti.count_params() }}`
#
#     It holds only the first convolutional layer: $3 \times 3 \times 1 \times 32 + 32$.
#
# ??? quiz "How many weights and biases does the layer `footwear` have in the model `two` with its two outputs?"
#     `{{ two.get_layer("footwear").count_params() }}`
#
#     Pooling turns eight (28, 28) maps into (7, 7), flattened $7 \times 7 \times 8 = 392$ values. There is one neuron and one bias.

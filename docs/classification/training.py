# %% [markdown] lang="ko"
# # 훈련 {#training}
#
# 이 수업을 마치면
#
# - 손실(loss)이 어떤 수인지 이미지 한 장으로 직접 계산할 수 있고,
# - 콜백(callback)이 훈련을 언제 멈추고 어느 가중치(weight)를 남기는지 곡선에서 짚을 수 있으며,
# - 내 결과가 다른 사람이나 이 사이트의 결과와 왜 다른지 설명할 수 있습니다.
#
# ## 무엇을 줄일까요? {#compile}
#
# 훈련은 [모델](model.py#build)의 가중치를 조금씩 고쳐 어떤 수를 줄이는 일입니다. 그 수가 **손실**입니다. 분류에서는 정답 클래스의 확률 $p$만 봅니다.
#
# $$
# L = -\log p
# $$
#
# $\log$는 자연로그입니다. 정답에 확률 1을 주면 손실은 0입니다. 0.5, 0.1, 0.01을 주면 손실은 어떻게 커질까요?

# %% [markdown] lang="en"
# # Training {#training}
#
# After this lesson you can
#
# - compute the loss of one image by hand,
# - point out on the curves when the callbacks end the training and which weights they keep,
# - explain why your results differ from those of others or of this site.
#
# ## What is to become smaller? {#compile}
#
# Training changes the weights of the [network](model.py#build) little by little, so that a certain number becomes smaller. That number is the **loss**. In classification it looks only at the probability $p$ of the true class.
#
# $$
# L = -\log p
# $$
#
# $\log$ is the natural logarithm. If the true class is given probability 1, the loss is 0. How does the loss grow for 0.5, 0.1 and 0.01?

# %%
import numpy as np

for p in (1, 0.9, 0.5, 0.1, 0.01):
    print(f"p = {p:4}   loss = {abs(np.log(p)):.3f}")

# %% [markdown] lang="ko"
# 확률이 0.9에서 0.5로 줄 때보다 0.1에서 0.01로 줄 때 손실이 더 많이 커집니다. **자신 있게** 틀릴수록 벌이 무겁습니다. 여러 이미지의 손실은 이 값의 평균입니다.
#
# 진짜 이미지로 계산해 봅시다. `run`은 이 강의가 함께 쓰는, 끝난 훈련의 기록입니다. 검증 세트(validation set)에서 정답의 확률이 0.5에 가장 가까운 이미지를 고릅니다.

# %% [markdown] lang="en"
# When the probability drops from 0.1 to 0.01, the loss grows by more than when it drops from 0.9 to 0.5. The more **confident** the mistake, the higher the price. The loss of several images is the mean of these values.
#
# Let us compute it for a real image. `run` is the record of a finished training that this course shares. We pick the image of the validation set whose true class has a probability closest to 0.5.

# %%
from cnn_guide.fashion_mnist import load, scale, split
from cnn_guide.training import find_or_train

data = load()
train_scaled, val_scaled, train_target, val_target = split(
    scale(data.train_images), data.train_labels
)

run = find_or_train()
of_target = run.val_probabilities[np.arange(len(val_target)), val_target]
image = np.abs(of_target - 0.5).argmin()
print("probabilities:", run.val_probabilities[image].round(3))
print("target:", val_target[image])
print(f"loss: -log({of_target[image]:.4f}) = {-np.log(of_target[image]):.4f}")

# %% [markdown] lang="ko"
# 손실 함수의 이름은 **교차 엔트로피**(cross-entropy)입니다. Keras에는 두 가지가 있습니다. 타깃(target)이 {{ val_target[image] }}처럼 정수이면 `sparse_categorical_crossentropy`, 정답 자리만 1인 원-핫(one-hot) 배열이면 `categorical_crossentropy`를 씁니다. 값도 다를까요?

# %% [markdown] lang="en"
# This loss is called **cross-entropy**. Keras has two of them. If the target is an integer like {{ val_target[image] }}, it is `sparse_categorical_crossentropy`; if it is a one-hot array, with a single 1 in the place of the true class, it is `categorical_crossentropy`. Do their values differ, too?

# %%
import keras
from keras.losses import categorical_crossentropy, sparse_categorical_crossentropy

probabilities = run.val_probabilities[image : image + 1]
target = val_target[image : image + 1]
one_hot = np.eye(10)[target]
print(target, sparse_categorical_crossentropy(target, probabilities).numpy())
print(one_hot, categorical_crossentropy(one_hot, probabilities).numpy())

# %% [markdown] lang="ko"
# 값은 같습니다. 타깃을 적는 방법만 다릅니다. 우리 타깃은 정수이므로 앞의 것을 씁니다. 이제 `compile`로 세 가지를 정합니다.
#
# - `optimizer="adam"`: 가중치를 고치는 방법입니다. 손실이 줄어드는 쪽으로, 가중치마다 알맞은 크기로 움직입니다.
# - `loss`: 줄일 손실입니다.
# - `metrics=["accuracy"]`: 함께 적어 둘 값입니다. 정확도(accuracy)는 맞힌 비율입니다. 줄이거나 늘리는 목표는 아닙니다.
#
# 훈련하기 전의 손실은 얼마일까요? 열 클래스의 확률이 모두 0.1이라면 $-\log 0.1$, 곧 {{ f"{-np.log(0.1):.3f}" }}입니다. 픽셀을 255로 [나누지 않았을 때](data.py#scale)와도 비교해 봅시다.

# %% [markdown] lang="en"
# The value is the same, apart from rounding; only the way of writing the target differs. Our targets are integers, so we use the first. Before training, `compile` sets three things.
#
# - `optimizer="adam"`: how the weights are changed. Adam moves each weight in the direction that makes the loss smaller, by a step whose size it adapts to that weight.
# - `loss`: the loss that is to become smaller.
# - `metrics=["accuracy"]`: what is recorded as well. Accuracy is the share of right predictions. It is not what training makes larger directly.
#
# How large is the loss before training? With a probability of 0.1 for each of ten classes it is $-\log 0.1$, which is {{ f"{-np.log(0.1):.3f}" }}. We also compare with pixels that were [not divided by 255](data.py#scale).

# %%
from cnn_guide.model import build

keras.utils.set_random_seed(42)
model = build()
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)

few, few_targets = val_scaled[:1000], val_target[:1000]
start_loss, _ = model.evaluate(few, few_targets, verbose=0)
raw_loss, _ = model.evaluate(few * 255, few_targets, verbose=0)
print(f"pixels 0 to 1:   loss {start_loss:.3f}")
print(f"pixels 0 to 255: loss {raw_loss:.3f}")

# %% [markdown] lang="ko"
# 0과 1 사이의 픽셀에서는 {{ f"{start_loss:.3f}" }}, 짐작한 값과 비슷합니다. 나누지 않으면 {{ f"{raw_loss:.1f}" }}에서 출발합니다. 입력이 255배이면 마지막 점수도 255배가 되어, 아무것도 배우지 않은 모델이 터무니없이 자신만만해지기 때문입니다.
#
# ## 훈련하기 {#fit}
#
# 훈련 세트(training set)를 한 번 다 쓰는 것을 **에포크**(epoch)라고 합니다. 한꺼번에 다 쓰지 않고 **배치**(batch)로 나누어, 배치마다 가중치를 한 번 고칩니다. 배치의 크기를 적지 않으면 Keras는 32장씩 씁니다.
# 훈련 세트 {{ f"{len(train_target):,}" }}장이면 한 에포크에 가중치를 몇 번 고칠까요? {{ f"{len(train_target) // 32:,}" }}번입니다.
#
# 전체로 훈련하면 몇 분이 걸리므로, 여기서는 작은 표본(sample)으로 두 에포크만 해 봅시다. 코드는 똑같습니다.

# %% [markdown] lang="en"
# With pixels between 0 and 1 it is {{ f"{start_loss:.3f}" }}, close to what we expected. If they are not divided, training starts from {{ f"{raw_loss:.1f}" }}. Inputs 255 times as large make the last scores 255 times as large, so that a model that has learned nothing is absurdly sure of itself.
#
# ## Fitting {#fit}
#
# Using the whole training set once is called an **epoch**. It is not used all at once but divided into **batches**, and each batch changes the weights once. Unless told otherwise, Keras puts 32 images in a batch.
# With {{ f"{len(train_target):,}" }} images in the training set, how many times does one epoch change the weights? {{ f"{len(train_target) // 32:,}" }} times.
#
# Training on all of them takes minutes. So here we train on a small sample, for two epochs. The code is the same.

# %%
from cnn_guide.fashion_mnist import load_sample

sample = load_sample()
small, small_val, small_target, small_val_target = split(
    scale(sample.train_images), sample.train_labels
)

checkpoint_cb = keras.callbacks.ModelCheckpoint(
    "best-model.keras",
    save_best_only=True,
)
early_stopping_cb = keras.callbacks.EarlyStopping(
    patience=2,
    restore_best_weights=True,
)
history = model.fit(
    small,
    small_target,
    epochs=2,
    verbose=0,
    validation_data=(small_val, small_val_target),
    callbacks=[checkpoint_cb, early_stopping_cb],
)
for name, values in history.history.items():
    print(f"{name:13}", np.round(values, 4))

# %% [markdown] lang="ko"
# `fit`은 에포크마다 네 가지 수를 적어 돌려줍니다. `val_`이 붙은 것은 검증 세트에서 잰 값입니다. 훈련 이미지 {{ f"{len(small):,}" }}장만으로도 검증 정확도가 {{ f"{history.history['val_accuracy'][-1]:.1%}" }}입니다.
# `verbose=0`은 진행 막대를 감춥니다. 직접 할 때는 지워도 됩니다.
#
# 이 강의의 `run`은 같은 방법으로 끝까지 훈련한 것입니다. 패키지에 있는 코드 그대로입니다. `epochs=20`은 많아야 20번이라는 뜻입니다.

# %% [markdown] lang="en"
# For each epoch `fit` records four numbers and returns them. Those that begin with `val_` are measured on the validation set. With no more than {{ f"{len(small):,}" }} training images, the validation accuracy is already {{ f"{history.history['val_accuracy'][-1]:.1%}" }}.
# `verbose=0` hides the progress bar. When you train yourself, you may leave it out.
#
# The `run` of this course was trained to the end in the same way. This is the code as it stands in the package. `epochs=20` means 20 at most.

# %% output="python"
import inspect

from cnn_guide.training import compile_and_fit

print(inspect.getsource(compile_and_fit))

# %% [markdown] lang="ko"
# ## 콜백: 저장하고 멈추기 {#callbacks}
#
# **콜백**은 정해진 때마다 Keras가 불러 주는 객체입니다. 우리의 두 콜백은 에포크가 끝날 때마다 검증 손실을 봅니다.
#
# - `ModelCheckpoint`는 검증 손실이 지금까지 가운데 가장 작으면 모델을 파일로 저장합니다. 이 파일을 **체크포인트**(checkpoint)라고 합니다.
# - `EarlyStopping`은 검증 손실이 `patience`번 이어서 나아지지 않으면 훈련을 멈춥니다. 이것이 **조기 종료**(early stopping)입니다. `restore_best_weights=True`이면 모델의 가중치를 가장 좋았던 때로 되돌립니다.
#
# 다음은 `run`의 검증 손실입니다. 출력을 보기 전에 두 규칙을 옮긴 코드를 읽고, 손실이 어떻게 변할 때 저장하고 언제 멈출지 말해 보세요.

# %% [markdown] lang="en"
# ## Callbacks: saving and stopping {#callbacks}
#
# A **callback** is an object that Keras calls at set moments. Our two callbacks look at the validation loss at the end of each epoch.
#
# - `ModelCheckpoint` saves the model to a file whenever the validation loss is the smallest so far. That file is called a **checkpoint**.
# - `EarlyStopping` ends the training when the validation loss has not improved for `patience` epochs in a row. This is **early stopping**. With `restore_best_weights=True` it puts the weights back to those of the best epoch.
#
# Here are the validation losses of `run`. Before you look at the output, read the code, which follows the two rules, and say what has to happen to the loss for the model to be saved, and for training to end.

# %%
best, waited = np.inf, 0
for epoch, loss in enumerate(run.history["val_loss"], start=1):
    if loss < best:
        best, waited, note = loss, 0, "saved"
    else:
        waited += 1
        note = f"not better, {waited} in a row"
    print(f"epoch {epoch:2}  val_loss {loss:.4f}  {note}")

# %%
from cnn_guide.figures import history_figure

history_figure(run.history)

# %% [markdown] lang="ko"
# 가장 좋은 에포크는 {{ run.best_epoch }}번째입니다. {{ f"{', '.join(map(str, range(run.best_epoch + 1, run.epochs + 1)))}번째를 더 해 보았지만 나아지지 않아 멈추었습니다. 빗금 친 구간이 그 기다린 시간입니다." if waited == 2 else f"기다리는 횟수가 다 차기 전에 {run.epochs}번을 모두 마쳤습니다." }} 남은 것은 마지막이 아니라 {{ run.best_epoch }}번째 에포크의 가중치입니다.
# 그래서 `run`의 검증 손실은 {{ f"{run.val_loss:.4f}" }}이고, 마지막 에포크의 값은 {{ f"{run.history['val_loss'][-1]:.4f}" }}입니다.
#
# 저장한 파일은 **같은 이름으로** 불러옵니다. `best-model.keras`로 저장하고 `best-cnn-model.keras`를 불러오는 자료가 있습니다. 그러면 파일을 찾지 못하거나, 더 나쁘게는 예전에 저장한 다른 모델을 쓰게 됩니다.
# 방금 표본으로 훈련한 모델을 불러와 비교합니다.

# %% [markdown] lang="en"
# The best epoch is number {{ run.best_epoch }}. {{ f"Epochs {', '.join(map(str, range(run.best_epoch + 1, run.epochs + 1)))} were tried after it and brought no improvement, so training ended. The hatched part of the figure is this wait." if waited == 2 else f"All {run.epochs} epochs were over before the wait was." }} What is kept are the weights of epoch {{ run.best_epoch }}, not of the last.
# So the validation loss of `run` is {{ f"{run.val_loss:.4f}" }}; that of the last epoch is {{ f"{run.history['val_loss'][-1]:.4f}" }}.
#
# A file must be loaded **under the name it was saved under**. There are texts that save `best-model.keras` and load `best-cnn-model.keras`. Then the file is not found or, worse, another model that was saved some other day is used.
# We load the model just trained on the sample and compare.

# %%
saved = keras.models.load_model("best-model.keras")
from_file = saved.predict(small_val, verbose=0)
difference = np.abs(from_file - model.predict(small_val, verbose=0)).max()
print("largest difference:", difference)

# %% [markdown] lang="ko"
# 체크포인트와 되돌린 가중치는 {{ "같은 모델입니다" if difference == 0 else f"{difference:.1e}만큼만 다릅니다" }}. 그럼 왜 둘 다 쓸까요? 조기 종료는 가장 좋은 가중치를 지금 이 모델에, 체크포인트는 파일에 남깁니다. 컴퓨터가 꺼져도 파일은 남습니다.
#
# ## 곡선 읽기 {#curves}
#
# [위의 그림](#callbacks)을 다시 보세요. 처음에는 두 손실이 함께 줄어듭니다. 모델이 훈련 세트에도 아직 잘 맞지 않는 때이고, 이것이 **과소적합**(underfitting)입니다. 더 훈련하면 됩니다.
#
# 나중에는 훈련 손실만 계속 줄고 검증 손실은 더 줄지 않습니다. 훈련 세트에는 점점 잘 맞는데 새 이미지에는 그만큼 맞지 않는 것, 이것이 **과대적합**(overfitting)입니다. 조기 종료는 이 갈림길에서 멈춥니다.
#
# 그런데 첫 에포크에서는 훈련 정확도가 {{ f"{run.history['accuracy'][0]:.3f}" }}, 검증 정확도가 {{ f"{run.history['val_accuracy'][0]:.3f}" }}입니다. 처음 보는 이미지를 더 잘 맞혔을까요? 아닙니다. 훈련 쪽 수는 [드롭아웃](model.py#dropout)(dropout)을 켠 채로, 에포크 내내 잰 값의 **평균**입니다.
# 검증 쪽 수는 에포크가 끝난 뒤에, 드롭아웃 없이 잽니다. 같은 가중치로, 드롭아웃 없이 두 쪽을 다시 재어 봅시다.

# %% [markdown] lang="en"
# The model from the checkpoint and the one with the restored weights give {{ "the same probabilities" if difference == 0 else f"probabilities only {difference:.1e} apart" }}. Then why have both? Early stopping leaves the best weights in this model, a checkpoint leaves them in a file. The file is still there after the computer has been switched off.
#
# ## Reading the curves {#curves}
#
# Look at the [figure above](#callbacks) again. At first, both losses fall together. The model does not yet fit even the training set well. This is **underfitting**, and more training helps.
#
# Later only the training loss goes on falling, while the validation loss falls no further. The model fits the training set better and better, but not new images. This is **overfitting**. Early stopping ends the training soon after the two part.
#
# But in the first epoch the training accuracy is {{ f"{run.history['accuracy'][0]:.3f}" }} and the validation accuracy {{ f"{run.history['val_accuracy'][0]:.3f}" }}. Did the model do better on images it had never seen? No. The number for training is measured with [dropout](model.py#dropout) on, and it is a **mean** over the whole epoch.
# The number for validation is measured without dropout, after the epoch. Let us measure both again, with the same weights and without dropout.

# %%
sets = {
    "training": (train_scaled[:2000], train_target[:2000]),
    "validation": (val_scaled[:2000], val_target[:2000]),
}
again = {}
for name, (images, targets) in sets.items():
    loss, accuracy = run.model.evaluate(images, targets, verbose=0)
    again[name] = accuracy
    print(f"{name:10} loss {loss:.4f}, accuracy {accuracy:.4f}")

# %% [markdown] lang="ko"
# 같은 조건에서 재면 훈련 세트의 이미지 쪽이 {{ f"{again['training']:.1%}" }}, 검증 세트의 이미지 쪽이 {{ f"{again['validation']:.1%}" }}입니다. 이만큼이 과대적합입니다.
#
# 하나 더 보세요. 검증 손실이 가장 작은 것은 {{ run.best_epoch }}번째 에포크이고, 검증 **정확도**가 가장 높은 것은 {{ int(np.argmax(run.history["val_accuracy"])) + 1 }}번째 에포크입니다. {{ "둘은 늘 같지는 않습니다." if np.argmax(run.history["val_accuracy"]) + 1 != run.best_epoch else "이번에는 같지만 늘 그렇지는 않습니다." }} 정확도는 맞았는지만 세고, 손실은 얼마나 자신 있었는지까지 세기 때문입니다. 새로 맞힌 이미지가 늘어도, 틀린 이미지에 더 자신 있어지면 손실은 커집니다.
#
# ## 왜 내 결과는 다를까요? {#why-different}
#
# 이 신경망은 박해선의 책에서 왔습니다. 그런데 같은 코드를 실행해도 책의 결과와 소수점 셋째 자리가 다릅니다. 잘못한 것이 아닙니다. 훈련에는 우연이 세 번 들어갑니다.
#
# - 가중치의 처음 값
# - 이미지를 섞는 순서
# - 드롭아웃이 끄는 뉴런
#
# 무작위 수의 출발점인 시드(seed)를 정하면 이 우연도 정해집니다. 배치 10개만 훈련해서 확인해 봅시다.

# %% [markdown] lang="en"
# Under the same conditions the accuracy is {{ f"{again['training']:.1%}" }} on images of the training set, {{ f"{again['validation']:.1%}" }} on images of the validation set. This difference shows how much the model overfits.
#
# One more thing. The validation loss is lowest at epoch {{ run.best_epoch }}, the validation **accuracy** highest at epoch {{ int(np.argmax(run.history["val_accuracy"])) + 1 }}. {{ "The two need not agree." if np.argmax(run.history["val_accuracy"]) + 1 != run.best_epoch else "This time they agree; they need not." }} Accuracy only counts what is right; the loss also counts how confident the model was. Even if more images are right, the loss can rise when the model grows more confident about the wrong ones.
#
# ## Why do your numbers differ? {#why-different}
#
# This network comes from a book by Haesun Park. Run the same code, and the third decimal is not that of the book. You have done nothing wrong. Chance enters the training in three places.
#
# - the first values of the weights
# - the order in which images are shuffled
# - the neurons that dropout switches off
#
# A seed, the number from which random numbers start, fixes all three. Let us train on just 10 batches and see.


# %%
def weights_after_ten_batches(seed):
    keras.utils.set_random_seed(seed)
    model = build()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(small[:320], small_target[:320], verbose=0)
    return np.concatenate([array.ravel() for array in model.get_weights()])


first = weights_after_ten_batches(seed=0)
same_seed = np.abs(first - weights_after_ten_batches(seed=0)).max()
other_seed = np.abs(first - weights_after_ten_batches(seed=1)).max()
print("same seed:  largest difference", same_seed)
print("other seed: largest difference", other_seed.round(3))

# %% [markdown] lang="ko"
# 시드가 같으면 가중치 {{ f"{len(first):,}" }}개가 {{ "비트 하나까지 같습니다" if same_seed == 0 else "거의 같습니다" }}. 다만 같은 컴퓨터, 같은 버전일 때의 이야기입니다. 프로세서나 라이브러리가 다르면 더하는 순서가 달라져 반올림이 달라지고, 그 작은 차이가 훈련하면서 커집니다.
# 그러니 시드를 42로 맞추어도 책과 같은 수가 나오지는 않습니다.
#
# 그럼 얼마나 다르면 보통일까요? 표본으로 시드만 바꾸어 끝까지 훈련한 기록이 다섯 개 있습니다.

# %% [markdown] lang="en"
# With the same seed, all {{ f"{len(first):,}" }} weights are {{ "equal to the last bit" if same_seed == 0 else "nearly equal" }}. But that holds only on one computer with one set of versions. Another processor or library adds up in another order and rounds differently, and training makes the small difference grow.
# So a seed of 42 does not give you the numbers of the book either.
#
# How much difference is normal, then? Here are five trainings on the sample, each to the end, that differ in nothing but their seed.

# %%
from cnn_guide.training import spread

runs = spread()
for one in runs:
    print(
        f"seed {one.manifest['seed']}: {one.epochs:2} epochs,"
        f" validation {one.val_accuracy:.4f}, test {one.test_accuracy:.4f}"
    )

# %% [markdown] lang="ko"
# 시드만 다른데 검증 정확도가 {{ f"{min(one.val_accuracy for one in runs):.4f}" }}에서 {{ f"{max(one.val_accuracy for one in runs):.4f}" }}까지 퍼집니다. 에포크의 수도 {{ min(one.epochs for one in runs) }}에서 {{ max(one.epochs for one in runs) }}까지입니다.
#
# 다른 사람들의 결과도 옆에 놓아 봅시다. 책의 코드는 [rickiepark/hg-mldl2](https://github.com/rickiepark/hg-mldl2)에 있고, 2020년부터 2026년까지 공개된 실행 결과가 열두 개입니다. 먼저 가장 새로운 것(Keras 3.10)을 이 사이트의 실행과 나란히 적고, 그다음 그림에는 가장 낮은 것과 가장 높은 것도 찍습니다.

# %% [markdown] lang="en"
# With nothing but another seed, the validation accuracy ranges from {{ f"{min(one.val_accuracy for one in runs):.4f}" }} to {{ f"{max(one.val_accuracy for one in runs):.4f}" }}, and the number of epochs from {{ min(one.epochs for one in runs) }} to {{ max(one.epochs for one in runs) }}.
#
# Let us put the results of others beside them. This network is in the code for Haesun Park's book, [rickiepark/hg-mldl2](https://github.com/rickiepark/hg-mldl2). From 2020 to 2026 the results of twelve runs were published there. First we print the newest (Keras 3.10) beside the run of this site; the figure then shows the lowest and the highest as well.

# %%
newest = [9, 0.2255, 0.9191, 0.2488, 0.9160]
this_site = [
    run.epochs,
    run.val_loss,
    run.val_accuracy,
    run.test_loss,
    run.test_accuracy,
]
print("           epochs  validation loss, accuracy  test loss, accuracy")
for name, numbers in {"newest": newest, "this site": this_site}.items():
    row = "{:10} {:6} {:17.4f} {:9.4f} {:11.4f} {:9.4f}"
    print(row.format(name, *numbers))

# %%
from cnn_guide.figures import seeds_figure

published = {  # lowest, newest, highest
    "validation": [0.9149, 0.9191, 0.9232],
    "test": [0.9088, 0.9160, 0.9168],
}
seeds_figure(
    {
        "published": published,
        "run": {"validation": [run.val_accuracy], "test": [run.test_accuracy]},
        "sample": {
            "validation": [one.val_accuracy for one in runs],
            "test": [one.test_accuracy for one in runs],
        },
    }
)

# %% [markdown] lang="ko"
# 표본의 점을 공개된 실행의 점과 그대로 견주면 안 됩니다. 표본은 훈련 이미지가 {{ f"{len(small):,}" }}장뿐이고, 공개된 실행은 48,000장입니다. 정확도가 낮은 것은 그 때문입니다. 폭도 같은 뜻이 아닙니다. 표본의 다섯 점은 시드만 다르지만, 공개된 실행은 Keras의 버전과 컴퓨터도 다릅니다. 또 표본은 검증 이미지가 {{ f"{len(small_val):,}" }}장뿐이라 한 장의 무게가 더 큽니다.
#
# 그래도 알 수 있는 것이 있습니다. 공개된 열두 실행의 검증 정확도는 {{ f"{published['validation'][-1] - published['validation'][0]:.4f}" }}만큼 벌어져 있습니다. 그러니 한 번씩만 훈련해 보고 소수점 셋째 자리의 차이로 어느 쪽이 낫다고 말할 수는 없습니다.
# 이 사이트의 실행은 검증 {{ f"{run.val_accuracy:.4f}" }}, 테스트 {{ f"{run.test_accuracy:.4f}" }}입니다. {{ "공개된 실행의 범위 안에 있습니다." if all(low <= round(accuracy, 4) <= high for (low, _, high), accuracy in zip(published.values(), (run.val_accuracy, run.test_accuracy))) else "공개된 실행의 범위를 벗어났습니다." if not run.is_sample else "표본으로 훈련했으므로 공개된 실행보다 낮습니다." }}
#
# !!! tip "두 모델을 비교할 때"
#     시드를 여러 개 써서 각각 훈련하고, 평균과 퍼진 정도를 함께 보세요. 한 번씩만 재면 우연을 실력으로 잘못 볼 수 있습니다.
#
# ## Keras와 비교하기 {#check}
#
# 손실을 손으로 계산해 봅시다. `run`에 있는 확률은 훈련이 끝난 뒤, **남은 가중치**로 구한 것입니다. 검증 세트 전체에서 $-\log p$의 평균을 구하면, Keras가 가장 좋은 에포크에 적은 손실과 같을까요?
# 같다면 손실도 바르게 계산했고, 남은 가중치도 정말 그 에포크의 것입니다.

# %% [markdown] lang="en"
# The dots of the sample cannot be compared directly with those of the published runs. The sample has no more than {{ f"{len(small):,}" }} training images, the published runs had 48,000. That is why its accuracies are lower. Nor do the spreads mean the same. The five dots of the sample differ in their seed alone; the published runs also differ in the version of Keras and in the computer. And with only {{ f"{len(small_val):,}" }} validation images, a single image weighs more in the sample.
#
# Still, there is something to learn. The validation accuracies of the twelve published runs are up to {{ f"{published['validation'][-1] - published['validation'][0]:.4f}" }} apart. So when each is trained only once, a difference in the third decimal does not say which is better.
# The run of this site has {{ f"{run.val_accuracy:.4f}" }} in validation and {{ f"{run.test_accuracy:.4f}" }} in the test. {{ "That is within the range of the published runs." if all(low <= round(accuracy, 4) <= high for (low, _, high), accuracy in zip(published.values(), (run.val_accuracy, run.test_accuracy))) else "That is outside the range of the published runs." if not run.is_sample else "It was trained on the sample and is lower than the published runs." }}
#
# !!! tip "When you compare two models"
#     Train each with several seeds, and look at the mean together with the spread. If each is measured only once, luck may pass for skill.
#
# ## Checked against Keras {#check}
#
# Let us compute the loss by hand. The probabilities in `run` were computed after the training, with **the weights that were kept**. Is the mean of $-\log p$ over the whole validation set the loss that Keras noted at the best epoch?
# If so, we computed the loss rightly, and the weights that were kept are really those of that epoch.

# %%
by_hand = -np.log(of_target).mean()
by_keras = run.history["val_loss"][run.best_epoch - 1]
difference = abs(by_hand - by_keras)
print(f"by hand {by_hand:.6f}, Keras {by_keras:.6f}, difference {difference:.1e}")

# %% [markdown] lang="ko"
# 차이는 {{ f"{difference:.1e}" if difference else 0 }}입니다. float32의 반올림 오차를 넘지 않습니다. 다음은 이 모델을 [평가](evaluation.py#evaluation)할 차례입니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "정답 클래스에 확률 0.25를 주면 손실은 얼마인가요? 소수점 아래 두 자리까지 답하세요."
#     `{{ f"{-np.log(0.25):.2f}" }}`
#
#     $-\log 0.25$이고, $\log$는 자연로그입니다.
#
# ??? quiz "검증 손실이 0.50, 0.40, 0.42, 0.39, 0.41, 0.40, 0.38이라면, `patience=2`일 때 몇 번째 에포크에서 멈추나요?"
#     `{{ next(epoch for epoch in range(3, 8) if min([0.50, 0.40, 0.42, 0.39, 0.41, 0.40, 0.38][:epoch - 2]) <= min([0.50, 0.40, 0.42, 0.39, 0.41, 0.40, 0.38][epoch - 2:epoch])) }}`
#
#     네 번째에서 가장 작아진 뒤 두 번 이어서 나아지지 않았습니다. 일곱 번째의 0.38은 보지 못하고, 네 번째의 가중치가 남습니다.
#
# ??? quiz "훈련 이미지가 6,400장이고 배치의 크기가 64이면, 10에포크 동안 가중치를 몇 번 고치나요?"
#     `{{ f"{6400 // 64 * 10:,}" }}`
#
#     한 에포크에 $6400 / 64$번씩입니다.

# %% [markdown] lang="en"
# They differ by {{ f"{difference:.1e}" if difference else 0 }}, no more than rounding in float32. Next, this model is [evaluated](evaluation.py#evaluation).
#
# ## Exercises {#exercises}
#
# ??? quiz "What is the loss if the true class is given a probability of 0.25? Answer with two decimals."
#     `{{ f"{-np.log(0.25):.2f}" }}`
#
#     $-\log 0.25$, where $\log$ is the natural logarithm.
#
# ??? quiz "The validation losses are 0.50, 0.40, 0.42, 0.39, 0.41, 0.40, 0.38. After which epoch does training end with `patience=2`?"
#     `{{ next(epoch for epoch in range(3, 8) if min([0.50, 0.40, 0.42, 0.39, 0.41, 0.40, 0.38][:epoch - 2]) <= min([0.50, 0.40, 0.42, 0.39, 0.41, 0.40, 0.38][epoch - 2:epoch])) }}`
#
#     It is lowest in the fourth epoch and then not better twice in a row. The 0.38 of the seventh is never seen, and the weights of the fourth are kept.
#
# ??? quiz "With 6,400 training images and batches of 64, how often are the weights changed in 10 epochs?"
#     `{{ f"{6400 // 64 * 10:,}" }}`
#
#     $6400 / 64$ times in each epoch.

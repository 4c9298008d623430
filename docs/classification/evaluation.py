# %% [markdown] lang="ko"
# # 평가 {#evaluation}
#
# 이 수업을 마치면
#
# - 검증 세트(validation set)와 테스트 세트(test set)의 점수를 구별해 읽으며 그 점수가 얼마나 흔들리는지 계산할 수 있고,
# - 이미지 한 장의 예측과 확률을 바르게 꺼내어 그릴 수 있으며,
# - 혼동 행렬(confusion matrix)로 모델이 무엇을 헷갈리는지 찾을 수 있습니다.
#
# ## 얼마나 맞혔을까요? {#accuracy}
#
# [훈련](training.py#fit)이 끝난 모델을 불러옵니다. **정확도**(accuracy)는 맞힌 이미지의 비율입니다. Keras에서는 `evaluate`가 손실(loss)과 정확도를 함께 알려 줍니다.

# %% [markdown] lang="en"
# # Evaluation {#evaluation}
#
# After this lesson you can
#
# - tell apart the scores of the validation set and the test set, and compute how much they vary by chance,
# - get the prediction and the probabilities for one image, and draw them correctly,
# - find out with a confusion matrix what the model mixes up.
#
# ## How often is it right? {#accuracy}
#
# We take the model that we [trained](training.py#fit). Its **accuracy** is the share of images that it gets right. In Keras, `evaluate` gives the loss and the accuracy together.

# %%
from cnn_guide.fashion_mnist import load, scale, split
from cnn_guide.training import find_or_train

data = load()
train_scaled = scale(data.train_images)
_, val_scaled, _, val_target = split(train_scaled, data.train_labels)
test_target = data.test_labels

run = find_or_train()
model = run.model
loss, accuracy = model.evaluate(val_scaled, val_target, verbose=0)
print(f"validation: loss {loss:.4f}, accuracy {accuracy:.4f}")

# %% [markdown] lang="ko"
# 검증 세트 {{ f"{len(val_target):,}" }}장 가운데 {{ f"{accuracy:.1%}" }}를 맞혔습니다. 그런데 이 점수는 조금 의심스럽습니다. 어느 에포크(epoch)의 가중치(weight)를 남길지 **바로 이 이미지들로** 골랐기 때문입니다.
# 한 번도 쓰지 않은 테스트 세트는 어떨까요? 훈련이 끝났을 때 한 번 재어 기록해 두었습니다.

# %% [markdown] lang="en"
# Of the {{ f"{len(val_target):,}" }} images of the validation set, it gets {{ f"{accuracy:.1%}" }} right. But this score deserves some suspicion: **these very images** decided from which epoch the weights were kept.
# What about the test set, which was never used? It was measured once, at the end of the training, and recorded.

# %%
print(f"validation: loss {run.val_loss:.4f}, accuracy {run.val_accuracy:.4f}")
print(f"test:       loss {run.test_loss:.4f}, accuracy {run.test_accuracy:.4f}")

# %% [markdown] lang="ko"
# 테스트 정확도는 {{ f"{run.test_accuracy:.1%}" }}로 검증 정확도보다 {{ f"{abs(run.val_accuracy - run.test_accuracy) * 100:.1f}" }}%포인트 {{ "낮습니다" if run.test_accuracy < run.val_accuracy else "높습니다" }}. 새 이미지에서 기대할 수 있는 점수는 이쪽입니다.
#
# ## 왜 테스트는 한 번만 할까요? {#test-once}
#
# 테스트 점수를 보고 모델을 고르면, 테스트 세트가 검증 세트가 되어 버립니다. 얼마나 속게 될까요? 흉내를 내어 봅시다.
# 실력이 **똑같은** 모델 20개를 테스트 세트에서 재고, 점수가 가장 높은 것을 고릅니다. 이 일을 1,000번 되풀이합니다.

# %% [markdown] lang="en"
# The test accuracy is {{ f"{run.test_accuracy:.1%}" }}, {{ f"{abs(run.val_accuracy - run.test_accuracy) * 100:.1f}" }} percentage points {{ "below" if run.test_accuracy < run.val_accuracy else "above" }} the validation accuracy. This is the score to expect on new images.
#
# ## Why is the test done only once? {#test-once}
#
# Whoever looks at the test score to choose a model turns the test set into a validation set. How misleading is that? Let us simulate it.
# On the test set we measure 20 models that are really **equally** good, and choose the one with the highest score. We repeat this 1,000 times.

# %%
import numpy as np

images = len(test_target)
random = np.random.default_rng(0)
right = random.binomial(images, run.test_accuracy, size=(1000, 20))
chosen = (right.max(axis=1) / images).mean()
print(f"truly {run.test_accuracy:.4f}, the chosen one seems {chosen:.4f}")

# %% [markdown] lang="ko"
# 모두 {{ f"{run.test_accuracy:.4f}" }}인 모델인데, 고른 것의 점수는 평균 {{ f"{chosen:.4f}" }}입니다. 나아진 것은 없고 운이 좋은 것을 골랐을 뿐입니다. (실제 모델들은 같은 이미지를 함께 틀리는 일이 많아서 효과가 이보다 작습니다.) 그래서 고르는 일은 검증 세트로 끝내고, 테스트 세트는 마지막에 한 번만 씁니다.
#
# ## 이 점수는 얼마나 흔들릴까요? {#uncertainty}
#
# 테스트 이미지 {{ f"{images:,}" }}장은 이런 옷 사진 가운데 우연히 뽑힌 것입니다. 다른 {{ f"{images:,}" }}장을 뽑았다면 점수도 달랐을 것입니다. 정확도 $p$를 이미지 $n$장으로 재면 **표준 오차**(standard error)는 다음과 같습니다.
#
# $$
# \frac{\sqrt{p\,(1 - p)}}{\sqrt{n}}
# $$

# %% [markdown] lang="en"
# All of the models are at {{ f"{run.test_accuracy:.4f}" }}, yet the chosen one scores {{ f"{chosen:.4f}" }} on average. Nothing has improved; a lucky one was chosen. (Real models share many mistakes, so with them the effect is smaller.) So all choosing is done with the validation set, and the test set is used once, at the end.
#
# ## How much does this score vary by chance? {#uncertainty}
#
# The {{ f"{images:,}" }} test images are a chance selection of all the pictures of this kind. Another {{ f"{images:,}" }} would have given another score. If an accuracy $p$ is measured on $n$ images, its **standard error** is
#
# $$
# \frac{\sqrt{p\,(1 - p)}}{\sqrt{n}}
# $$

# %%
p = run.test_accuracy
standard_error = np.sqrt(p * (1 - p) / images)
low, high = p - 2 * standard_error, p + 2 * standard_error
print(f"standard error {standard_error:.4f}")
print(f"two of them below and above: {low:.4f} to {high:.4f}")

# %% [markdown] lang="ko"
# 표준 오차는 {{ f"{standard_error * 100:.2f}" }}%포인트입니다. 진짜 실력은 아마 {{ f"{low:.1%}" }}와 {{ f"{high:.1%}" }} 사이에 있습니다. 검증과 테스트의 차이 {{ f"{abs(run.val_accuracy - run.test_accuracy):.4f}" }}에는 이런 우연도 들어 있습니다. 그러니 정확도를 소수점 아래 여러 자리까지 자랑할 까닭이 없습니다.
# 이것은 이미지를 뽑는 우연이고, [시드를 바꿀 때의 우연](training.py#why-different)은 따로 더해집니다.
#
# ## 이미지 한 장 {#one-image}
#
# 검증 세트의 첫 이미지를 예측합니다. `predict`는 늘 **배치**(batch)를 받습니다. 한 장만 넣더라도 맨 앞에 이미지 수의 축이 있어야 합니다. `val_scaled[0]`과 `val_scaled[0:1]`은 무엇이 다를까요?

# %% [markdown] lang="en"
# The standard error is {{ f"{standard_error * 100:.2f}" }} percentage points. The true value probably lies between {{ f"{low:.1%}" }} and {{ f"{high:.1%}" }}. The difference of {{ f"{abs(run.val_accuracy - run.test_accuracy):.4f}" }} between validation and test is partly due to such chance, too. So there is no point in quoting an accuracy to many decimals.
# This is the chance in drawing the images. [The chance in the seed](training.py#why-different) comes on top of it.
#
# ## One image {#one-image}
#
# We predict the first image of the validation set. `predict` always takes a **batch**. Even for a single image there has to be an axis in front for the number of images. What is the difference between `val_scaled[0]` and `val_scaled[0:1]`?

# %%
print(val_scaled[0].shape, val_scaled[0:1].shape)
predictions = model.predict(val_scaled[0:1], verbose=0)
print(predictions.shape)
print(predictions.round(3))

# %% [markdown] lang="ko"
# 하나를 꺼내면 축이 사라지고, 잘라 내면 축이 남습니다. 출력도 (1, 10)입니다. 이미지 한 장에 확률이 열 개입니다. 가장 큰 확률의 **자리**를 `argmax`로 찾으면 그것이 예측한 클래스의 번호입니다.

# %% [markdown] lang="en"
# Indexing drops the axis, slicing keeps it. The output is (1, 10): for one image, ten probabilities. `argmax` finds the **place** of the largest, which is the number of the predicted class.

# %%
from cnn_guide.fashion_mnist import CLASS_NAMES
from cnn_guide.figures import probabilities_figure
from cnn_guide.labels import language

classes = CLASS_NAMES[language()]
label = predictions[0].argmax()
print(label, classes[label])
image = val_scaled[0, :, :, 0]
probabilities_figure(image, predictions[0], classes, val_target[0])

# %% [markdown] lang="ko"
# 막대를 그릴 때는 자리를 조심하세요. 클래스의 번호는 0부터 시작합니다. `plt.bar(range(1, 11), ...)`처럼 1부터 그리면 8번 클래스의 막대가 9번에 섭니다. 다음과 같이 0부터 그리고 이름을 붙이면 헷갈리지 않습니다.
#
# ```python
# import matplotlib.pyplot as plt
#
# plt.bar(range(10), predictions[0])
# plt.xticks(range(10), classes, rotation=45)
# plt.ylabel("probability")
# plt.show()
# ```
#
# 모델이 망설이는 이미지도 있습니다. 테스트 세트에서 첫째로 큰 확률과 둘째로 큰 확률의 차이가 가장 작은 이미지를 찾아봅시다. 테스트 세트의 확률은 훈련이 끝났을 때 `run`에 저장해 두었습니다.

# %% [markdown] lang="en"
# Mind the positions when you draw bars. The numbers of the classes start at 0. With `plt.bar(range(1, 11), ...)`, which starts at 1, the bar of class 8 stands at 9. Draw the bars from 0 and label them with the names, and nothing gets mixed up.
#
# ```python
# import matplotlib.pyplot as plt
#
# plt.bar(range(10), predictions[0])
# plt.xticks(range(10), classes, rotation=45)
# plt.ylabel("probability")
# plt.show()
# ```
#
# There are images on which the model hesitates. Let us look for the one in the test set whose two largest probabilities are closest. The probabilities of the test set were saved in `run` at the end of the training.

# %%
probabilities = run.test_probabilities
ordered = np.sort(probabilities, axis=1)
unsure = (ordered[:, -1] - ordered[:, -2]).argmin()
image = data.test_images[unsure]
probabilities_figure(image, probabilities[unsure], classes, test_target[unsure])

# %% [markdown] lang="ko"
# `argmax`만 보면 이런 망설임이 사라집니다. 예측과 함께 확률도 보세요.
#
# ## 무엇을 무엇으로 헷갈릴까요? {#confusion-matrix}
#
# 정확도는 수 하나입니다. 무엇을 틀렸는지는 알려 주지 않습니다. **혼동 행렬**은 정답 클래스마다 무엇으로 예측했는지 세어 놓은 표입니다. 행은 타깃(target), 열은 예측입니다.
# 그림을 보기 전에 짐작해 보세요. [열 가지 클래스](data.py#classes) 가운데 어느 둘을 가장 자주 헷갈릴까요?

# %% [markdown] lang="en"
# `argmax` alone does not show this hesitation. Look at the probabilities along with the prediction.
#
# ## What is taken for what? {#confusion-matrix}
#
# The accuracy is a single number. It does not tell what went wrong. A **confusion matrix** is a table that counts, for each true class, how often each class was predicted. Rows are targets, columns predictions.
# Make a guess before you look: which two of the [ten classes](data.py#classes) are confused most often?

# %%
from sklearn.metrics import confusion_matrix

from cnn_guide.figures import confusion_figure

predicted = probabilities.argmax(axis=1)
matrix = confusion_matrix(test_target, predicted)
confusion_figure(matrix, classes)

# %%
mistakes = matrix - np.diag(matrix.diagonal())
target, guess = np.unravel_index(mistakes.argmax(), mistakes.shape)
for one, other in ((target, guess), (guess, target)):
    print(f"{classes[one]} -> {classes[other]}: {mistakes[one, other]}")
print("mistakes in all:", mistakes.sum())

# %% [markdown] lang="ko"
# 대각선이 맞힌 수입니다. 가장 잦은 실수는 타깃이 **{{ classes[target] }}**, 예측이 **{{ classes[guess] }}** 클래스인 경우로 {{ mistakes[target, guess] }}장입니다. 반대 방향도 {{ mistakes[guess, target] }}장 있습니다.
# 클래스의 짝은 방향까지 세면 모두 90가지인데, 이 한 짝의 두 방향이 전체 실수 {{ f"{mistakes.sum():,}" }}장의 {{ f"{(mistakes[target, guess] + mistakes[guess, target]) / mistakes.sum():.0%}" }}를 차지합니다.
#
# ## 클래스마다 다른 정확도 {#per-class}
#
# 행마다 맞힌 수를 그 행의 합으로 나누면 클래스별 정확도입니다. 타깃이 그 클래스인 이미지 가운데 찾아낸 비율이라서 **재현율**(recall)이라고도 합니다.

# %% [markdown] lang="en"
# The diagonal counts what is right. The most frequent mistake is target **{{ classes[target] }}**, prediction **{{ classes[guess] }}**: {{ mistakes[target, guess] }} images. The other way round there are {{ mistakes[guess, target] }}.
# There are 90 pairs of classes when the direction counts, but the two directions of this pair alone make up {{ f"{(mistakes[target, guess] + mistakes[guess, target]) / mistakes.sum():.0%}" }} of all {{ f"{mistakes.sum():,}" }} mistakes.
#
# ## Accuracy differs from class to class {#per-class}
#
# In each row, the number of right predictions divided by the sum of the row is the accuracy of that class. It is the share of the images truly in the class that are found, and is also called **recall**.

# %%
from cnn_guide.figures import class_accuracy_figure

per_class = matrix.diagonal() / matrix.sum(axis=1)
class_accuracy_figure(per_class, classes)

# %%
precision = matrix.diagonal() / matrix.sum(axis=0)
hardest, easiest = per_class.argmin(), per_class.argmax()
for name in (hardest, easiest):
    print(f"{classes[name]}: {per_class[name]:.1%} found", end=", ")
    print(f"{precision[name]:.1%} of those called so are right")

# %% [markdown] lang="ko"
# 가장 쉬운 클래스는 **{{ classes[easiest] }}**({{ f"{per_class[easiest]:.1%}" }}), 가장 어려운 클래스는 **{{ classes[hardest] }}**({{ f"{per_class[hardest]:.1%}" }})입니다. 전체 정확도 {{ f"{run.test_accuracy:.1%}" }}는 이 차이를 감춥니다.
#
# 열을 따라 나누면 다른 질문의 답이 됩니다. 모델이 {{ classes[hardest] }} 클래스로 예측한 이미지 가운데 {{ f"{precision[hardest]:.1%}" }}가 정말 그 클래스였습니다. 이것은 **정밀도**(precision)입니다.
#
# ## 자신 있게 틀린 이미지 {#confident-mistakes}
#
# 틀린 이미지 가운데 모델이 가장 자신 있었던 열 장입니다. 제목은 타깃 → 예측과 그 확률입니다. 여러분이라면 무엇이라고 답했을까요?

# %% [markdown] lang="en"
# The easiest class is **{{ classes[easiest] }}** ({{ f"{per_class[easiest]:.1%}" }}), the hardest **{{ classes[hardest] }}** ({{ f"{per_class[hardest]:.1%}" }}). The overall accuracy, {{ f"{run.test_accuracy:.1%}" }}, hides this difference.
#
# Dividing along the columns answers another question. Of the images that the model calls "{{ classes[hardest] }}", {{ f"{precision[hardest]:.1%}" }} truly are. This is **precision**.
#
# ## Wrong and sure of it {#confident-mistakes}
#
# These are the ten mistakes of which the model was most confident. The titles are target → prediction, with its probability. What would you have said?

# %%
from cnn_guide.figures import gallery_figure

confidence = probabilities.max(axis=1)
wrong = np.flatnonzero(predicted != test_target)
surest = wrong[np.argsort(-confidence[wrong])[:10]]
titles = []
for i in surest:
    names = f"{classes[test_target[i]]} →\n{classes[predicted[i]]}"
    titles.append(f"{names}\n{confidence[i]:.2%}")
gallery_figure(data.test_images[surest], titles)

# %% [markdown] lang="ko"
# 열 장 모두 모델이 준 확률이 {{ f"{np.floor(confidence[surest].min() * 1000) / 10:.1f}" }}%가 넘습니다. 확률이 높다고 맞는 것은 아닙니다.
#
# 이런 이미지는 몇 가지로 나뉩니다. 사람이 보아도 예측이 더 그럴듯한 것은 **타깃이 잘못 붙었을** 수 있습니다. 보기 드문 모양이라 훈련 세트(training set)에 비슷한 것이 없었을 수도 있습니다. 그냥 모델이 틀린 것도 있습니다. 점수만 보지 말고 틀린 이미지를 직접 보아야 하는 까닭입니다.
#
# ## 확률을 믿어도 될까요? {#confidence}
#
# 확률이 0.9라고 답한 이미지들은 정말 90%쯤 맞을까요? 확률의 구간마다 실제로 맞은 비율을 재어 봅시다.

# %% [markdown] lang="en"
# In all ten, the model gave its wrong answer a probability of at least {{ f"{np.floor(confidence[surest].min() * 1000) / 10:.1f}" }}%. A high probability does not make an answer right.
#
# There are several kinds of such images. Where people, too, find the prediction more plausible, **the target may be wrong**. Others may look so unusual that nothing in the training set was like them. And on some, the model is just wrong. That is why you should look at the mistakes themselves, not at the score alone.
#
# ## Can the probabilities be trusted? {#confidence}
#
# Of the predictions made with a probability of about 0.9, are about 90% right? For each range of probabilities, let us measure how many are.

# %%
correct = predicted == test_target
shares = []
for start, end in ((0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)):
    group = (confidence >= start) & (confidence < end)
    mean, share = confidence[group].mean(), correct[group].mean()
    shares.append(share)
    print(f"{start:4} to {min(end, 1):4}: {group.sum():5} images,", end=" ")
    print(f"mean probability {mean:.3f}, right {share:.3f}")
print(f"all: mean probability {confidence.mean():.3f}, right {correct.mean():.3f}")

# %% [markdown] lang="ko"
# 전체로 보면 평균 확률은 {{ f"{confidence.mean():.3f}" }}, 맞은 비율은 {{ f"{correct.mean():.3f}" }}입니다. 이 모델은 실제보다 {{ "자신만만합니다" if confidence.mean() > correct.mean() else "조심스럽습니다" }}. 그래도 확률이 높은 구간일수록 맞은 비율이 {{ "높으므로" if shares == sorted(shares) else "대체로 높으므로" }}, 확률이 낮은 것만 사람이 다시 보는 식으로 쓸 수 있습니다.
#
# ## 가장 어려운 클래스가 가르쳐 주는 것 {#hardest}
#
# **{{ classes[hardest] }}** 클래스를 조금 더 들여다봅시다. 무엇으로 헷갈렸고, 두 번까지 답할 수 있다면 얼마나 맞힐까요?

# %% [markdown] lang="en"
# Overall, the mean probability is {{ f"{confidence.mean():.3f}" }} and the share of right predictions {{ f"{correct.mean():.3f}" }}. This model is {{ "more confident" if confidence.mean() > correct.mean() else "more cautious" }} than it should be. Still, the share of right predictions is {{ "higher" if shares == sorted(shares) else "mostly higher" }} where the probability is higher, so people could check just the images with a low one.
#
# ## What the hardest class teaches {#hardest}
#
# Let us look at the class **{{ classes[hardest] }}** more closely. What was it taken for, and how often would the model be right if it had two guesses?

# %%
row = mistakes[hardest]
for guess in row.argsort()[::-1][:4]:
    print(f"{classes[hardest]} -> {classes[guess]}: {row[guess]}")

two_best = probabilities.argsort(axis=1)[:, -2:]
in_two = (two_best == test_target[:, None]).any(axis=1)
of_hardest = in_two[test_target == hardest].mean()
print(f"two guesses: {of_hardest:.1%}, all classes: {in_two.mean():.1%}")

# %%
missed = np.flatnonzero((test_target == hardest) & ~correct)[:10]
names = [classes[label] for label in predicted[missed]]
gallery_figure(data.test_images[missed], names)

# %% [markdown] lang="ko"
# 위의 열 장은 모두 타깃이 {{ classes[hardest] }} 클래스입니다. 제목은 모델의 예측입니다. 한 번 답하면 {{ f"{per_class[hardest]:.1%}" }}이지만 두 번까지 답하면 {{ f"{of_hardest:.1%}" }}입니다. 모델은 엉뚱한 곳이 아니라 **비슷한 클래스들 사이에서** 망설입니다.
#
# 옷을 직접 보면 단추와 옷감, 두께로 셔츠와 티셔츠, 코트, 스웨터를 가릴 수 있습니다. (28, 28) 흑백 이미지에는 그런 것이 거의 남아 있지 않습니다. 이미지에 없는 정보는 층을 더 쌓아도 생기지 않습니다. 더 큰 이미지, 색, 더 분명한 클래스의 구분이 필요합니다.
#
# 여기서 배울 것은 세 가지입니다.
#
# - 전체 정확도만 보고하지 말고, 클래스별 정확도를 함께 보세요.
# - 실수의 대가는 쓰임새에 따라 다릅니다. 셔츠를 티셔츠라고 하는 것과 가방이라고 하는 것은 같은 실수가 아닙니다.
# - 모델을 고치기 전에 틀린 이미지부터 보세요. 이미지에 답이 없으면 모델도 찾지 못합니다.
#
# 모델이 이미지의 어디를 보고 답했는지는 [시각화](../visualization/responses.py#responses)에서 봅니다.
#
# ## Keras와 비교하기 {#check}
#
# 저장해 둔 확률에서 구한 정확도와 손실이 Keras가 잰 값과 같은지, 혼동 행렬의 대각선과 맞는지 확인합니다.

# %% [markdown] lang="en"
# The target of all ten images above is {{ classes[hardest] }}; the titles are what the model predicts. With one guess it is right {{ f"{per_class[hardest]:.1%}" }} of the time, with two {{ f"{of_hardest:.1%}" }}. The model does not answer at random; it hesitates **between classes that are alike**.
#
# With the clothes in hand, shirts, T-shirts, coats and pullovers can be told apart by buttons, cloth and thickness. Hardly anything of that is left in a grey image of (28, 28). Information that is not in the image does not come from more layers. It takes larger images, colour, or classes that are more clearly separated.
#
# There are three things to learn here.
#
# - Do not report the overall accuracy alone; look at that of each class, too.
# - What a mistake costs depends on the use. Calling a shirt a T-shirt is not the same mistake as calling it a bag.
# - Before you change the model, look at the images that went wrong. If the answer is not in the image, no model will find it.
#
# Where in the image the model finds its answer is a subject of [Visualisation](../visualization/responses.py#responses).
#
# ## Checked against Keras {#check}
#
# Are the accuracy and the loss computed from the saved probabilities what Keras measured, and does the diagonal of the confusion matrix agree?

# %%
of_target = probabilities[np.arange(images), test_target]
diagonal = matrix.diagonal().sum() / matrix.sum()
differences = {
    "loss": abs(-np.log(of_target).mean() - run.test_loss),
    "accuracy": abs(correct.mean() - run.test_accuracy),
    "diagonal": abs(diagonal - run.test_accuracy),
    "predict": np.abs(predictions[0] - run.val_probabilities[0]).max(),
}
for name, difference in differences.items():
    print(f"{name:9} {difference:.1e}")

# %% [markdown] lang="ko"
# 가장 큰 차이가 {{ f"{max(differences.values()):.1e}" }}입니다. 반올림 오차일 뿐입니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "표준 오차를 절반으로 줄이려면 테스트 이미지가 몇 배 필요한가요?"
#     `{{ int(2**2) }}`
#
#     표준 오차는 $\sqrt{n}$에 반비례합니다.
#
# ??? quiz "테스트 세트에서 타깃이 {{ classes[target] }} 클래스인 이미지 가운데 틀린 것은 모두 몇 장인가요? 혼동 행렬에서 구하세요."
#     `{{ int(mistakes[target].sum()) }}`
#
#     그 행의 합은 {{ f"{matrix[target].sum():,}" }}장이고, 그 가운데 대각선의 {{ matrix[target, target] }}장은 맞혔습니다. 나머지가 틀린 것입니다.
#
# ??? quiz "모델 하나가 모든 이미지에 '가방'이라고만 답한다면, 이 테스트 세트에서 정확도는 몇 %인가요?"
#     `{{ f"{(test_target == 8).mean() * 100:.0f}" }}`
#
#     가방은 맞히고 나머지는 모두 틀립니다. 가방 클래스의 재현율은 100%이지만 정밀도는 {{ f"{(test_target == 8).mean():.0%}" }}입니다.

# %% [markdown] lang="en"
# The largest difference is {{ f"{max(differences.values()):.1e}" }}, which is rounding and nothing more.
#
# ## Exercises {#exercises}
#
# ??? quiz "How many times as many test images does it take to halve the standard error?"
#     `{{ int(2**2) }}`
#
#     The standard error falls with $\sqrt{n}$.
#
# ??? quiz "Of the test images whose target is '{{ classes[target] }}', how many are wrong in all? Read it from the confusion matrix."
#     `{{ int(mistakes[target].sum()) }}`
#
#     The sum of the row, {{ f"{matrix[target].sum():,}" }}, minus {{ matrix[target, target] }} on the diagonal.
#
# ??? quiz "If a model answers 'Bag' for every image, what is its accuracy on this test set, in %?"
#     `{{ f"{(test_target == 8).mean() * 100:.0f}" }}`
#
#     The bags are right, all others wrong. The recall of the class Bag is 100%, but its precision is {{ f"{(test_target == 8).mean():.0%}" }}.

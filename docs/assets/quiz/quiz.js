// Quizzes. A lesson writes a question and, hidden until asked for, its worked answer:
//
//     ??? quiz "What shape has the output?"
//         `{{ output_shape }}`
//
//         Each axis gives ceil(28 / 2) = 14 ...
//
// which pymdownx.details turns into <details class="quiz">; without JavaScript that is all, and works.
// This script takes the question out of the summary and puts a field and a button under it.
//
// - The first piece of code in the answer is the expected answer: a number (`18,496`, `0.25`, `91.2%`),
//   a shape or a list of numbers as Python prints it (`(14, 14, 32)`), or a word (`relu`).
// - A list before it, first thing in the body, offers its items as choices; the expected answer is then
//   the text of the right item, or its number counted from 1.
//
// A decimal answer is right when it agrees to the digits given; brackets, spaces, ×, full-width digits
// and capital letters do not matter.

const WORDS = {
  ko: {
    answer: "답",
    check: "확인",
    worked: "풀이 보기",
    right: "✓ 맞았습니다.",
    wrong: "✗ 아직 아닙니다. 다시 생각해 보세요.",
    empty: "답을 먼저 적어 주세요.",
    choose: "하나를 먼저 고르세요.",
    numbers: (count) => `✗ 수 ${count}개로 답해 주세요.`,
  },
  en: {
    answer: "Answer",
    check: "Check",
    worked: "Show the worked answer",
    right: "✓ Right.",
    wrong: "✗ Not yet. Think again.",
    empty: "Write an answer first.",
    choose: "Choose one first.",
    numbers: (count) => `✗ Answer with ${count === 1 ? "one number" : `${count} numbers`}.`,
  },
};

/** One spelling for all: half-width, small letters, - for minus, x for ×. */
const spelled = (text) =>
  text.normalize("NFKC").toLowerCase().replace(/[−–—]/g, "-").replace(/[×✕*]/g, "x").trim();

const plain = (text) => spelled(text).replace(/[\s"'“”‘’`]/g, "");

const THOUSANDS = /^-?\d{1,3}(,\d{3})+(\.\d+)?%?$/;
const NUMBER = /^-?(\d+\.?\d*|\.\d+)%?$/;
const NUMBERS = /-?(\d+\.?\d*|\.\d+)/g;
const ONLY_NUMBERS = /^[-\d.,;x()[\]{}]+$/;

/** What is expected: {kind: "number" | "numbers" | "text", ...}. */
export function expectation(code) {
  const text = plain(code);
  // A comma with a space after it separates, one without may group thousands.
  const single = THOUSANDS.test(code.trim().replace("−", "-")) ? text.replaceAll(",", "") : text;
  if (NUMBER.test(single)) return { kind: "number", ...read(single) };
  if (ONLY_NUMBERS.test(text) && text.match(NUMBERS)) return { kind: "numbers", values: list(code) };
  return { kind: "text", text: text.replace(/[()[\]{}.]/g, "") };
}

function read(text) {
  const decimals = (text.split(".")[1] ?? "").replace("%", "").length;
  return { value: parseFloat(text), percent: text.endsWith("%"), decimals };
}

const list = (text) =>
  spelled(text).match(NUMBERS).map((part) => ({ value: parseFloat(part), decimals: (part.split(".")[1] ?? "").length }));

/** Half a unit of the last digit shown: 0.333 and 1/3 both answer 0.33. Whole numbers are exact. */
const agrees = (typed, { value, decimals }) =>
  Math.abs(typed - value) <= (decimals ? 0.5 * 10 ** -decimals : 0) + 1e-9;

/** Whether an answer is "right", "wrong", "empty", or "numbers": not the kind that is asked for. */
export function judge(typed, expected) {
  const text = plain(typed);
  if (!text) return "empty";
  if (expected.kind === "text") return text.replace(/[()[\]{}.]/g, "") === expected.text ? "right" : "wrong";
  if (expected.kind === "number") return judgeNumber(text.replaceAll(",", "").replace(/^[([{]+|[)\]}]+$/g, ""), expected);
  if (!ONLY_NUMBERS.test(text) || !text.match(NUMBERS)) return "numbers";
  const values = list(typed);
  if (values.length !== expected.values.length) return "numbers";
  return values.every(({ value }, i) => agrees(value, expected.values[i])) ? "right" : "wrong";
}

function judgeNumber(text, expected) {
  const fraction = text.match(/^(-?\d+)\/(\d+)$/);
  if (!fraction && !NUMBER.test(text)) return "numbers";
  const value = fraction ? fraction[1] / fraction[2] : parseFloat(text);
  const asShare = expected.percent && !text.endsWith("%") && agrees(100 * value, expected);
  return asShare || agrees(value, expected) ? "right" : "wrong";
}

let count = 0;

/** Put the question, the field and the button before the folded answer. */
function upgrade(details) {
  const words = WORDS[document.documentElement.lang.startsWith("en") ? "en" : "ko"];
  const summary = details.querySelector("summary");
  const code = [...details.querySelectorAll("code")].find((node) => !summary.contains(node) && !node.closest("ul, ol"));
  if (!code) {
    console.error("quiz without an expected answer: put it in `code` into", summary.textContent);
    return;
  }
  count += 1;
  const quiz = element("div", { className: "cnn-quiz" });
  const question = element("p", { className: "cnn-quiz__question", id: `quiz-${count}` });
  question.append(...summary.childNodes);
  const form = element("form", { className: "cnn-quiz__form", noValidate: true });
  const offered = summary.nextElementSibling.matches("ul, ol") ? summary.nextElementSibling : null;
  const expected = code.textContent;
  const field = offered ? choices(words, offered, question.id, expected) : input(words, question.id, expected);
  const button = element("button", { type: "submit", className: "cnn-quiz__check", textContent: words.check });
  const status = element("p", { className: "cnn-quiz__status" });
  status.setAttribute("role", "status");
  form.append(field.node, button, status);
  summary.textContent = words.worked;
  details.replaceWith(quiz);
  quiz.append(question, form, details);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const verdict = field.judge();
    status.textContent = { right: words.right, wrong: words.wrong, ...field.says }[verdict];
    quiz.dataset.verdict = verdict === "right" ? "right" : "wrong";
    if (verdict === "right") details.open = true;
  });
  // What was said of an old answer does not stand beside a new one.
  form.addEventListener("input", () => {
    status.textContent = "";
    delete quiz.dataset.verdict;
  });
}

function input(words, questionId, code) {
  const id = `${questionId}-answer`;
  const label = element("label", { htmlFor: id, textContent: words.answer });
  const field = element("input", { id, type: "text", autocomplete: "off", spellcheck: false });
  field.setAttribute("autocapitalize", "off");
  field.setAttribute("aria-describedby", questionId);
  const node = element("div", { className: "cnn-quiz__field" });
  node.append(label, field);
  const expected = expectation(code);
  const says = { empty: words.empty, numbers: words.numbers(expected.values?.length ?? 1) };
  return { node, says, judge: () => judge(field.value, expected) };
}

function choices(words, offered, questionId, code) {
  const node = element("div", { className: "cnn-quiz__choices" });
  node.setAttribute("role", "radiogroup");
  node.setAttribute("aria-labelledby", questionId);
  const items = [...offered.children];
  const right = rightChoice(items.map((item) => plain(item.textContent)), plain(code));
  const radios = items.map((item) => {
    const label = element("label");
    const radio = element("input", { type: "radio", name: `${questionId}-choice` });
    const text = element("span");
    text.append(...item.childNodes);
    label.append(radio, text);
    node.append(label);
    return radio;
  });
  offered.remove();
  const judgeChoice = () => {
    const chosen = radios.findIndex((radio) => radio.checked);
    if (chosen < 0) return "empty";
    return chosen === right ? "right" : "wrong";
  };
  return { node, says: { empty: words.choose }, judge: judgeChoice };
}

/** Which item is right: the one whose text is the expected answer, or else whose number it is. */
function rightChoice(texts, expected) {
  const index = texts.includes(expected) ? texts.indexOf(expected) : Number(expected) - 1;
  if (!(index in texts)) console.error(`quiz: none of the choices ${texts.join(" | ")} is ${expected}`);
  return index;
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

document.querySelectorAll("details.quiz").forEach(upgrade);

/** Every word the explorer shows, in both languages: the same keys, the same arguments. */

const pair = (numbers) => `(${numbers.join(", ")})`;

const ko = {
  title: "합성곱 탐색기",
  questions: {
    convolution:
      "입력 숫자 하나를 1만큼 키우면 출력은 몇 칸이 바뀔까요? 모서리 숫자와 가운데 숫자로 해 보세요.",
    padding:
      "세임 패딩에서 모서리 픽셀은 몇 번 읽힐까요? 커널을 (5, 5)로 바꾸면요? 먼저 답하고 ‘읽는 횟수’\u2060를 켜서 확인하세요.",
    stride:
      "커널이 두 칸씩 움직입니다. 한 번도 읽히지 않는 픽셀은 몇 개일까요? 먼저 답하고 ‘읽는 횟수’\u2060를 켜서 확인하세요.",
    pooling:
      "입력 숫자 하나를 1만큼 줄일 때 출력이 바뀌는 숫자는 어느 것일까요? 먼저 고르고 고쳐서 확인하세요.",
  },
  mode: "연산",
  modes: { convolution: "합성곱", max: "최대 풀링", average: "평균 풀링" },
  input: "입력",
  inputFill: "입력 숫자",
  inputs: { example: "수업의 예", edge: "세로 경계", spot: "점 하나" },
  patches: "Fashion-MNIST 조각",
  kernel: "커널",
  kernelFill: "커널 숫자",
  kernels: {
    identity: "그대로",
    blur: "흐리게",
    vertical: "세로 경계",
    horizontal: "가로 경계",
    sharpen: "선명하게",
    laplacian: "라플라시안",
  },
  custom: "직접 쓴 숫자",
  poolSize: "풀링 크기",
  rows: "행",
  columns: "열",
  stride: "스트라이드",
  dilation: "팽창(dilation)",
  padding: "패딩",
  paddings: { valid: "밸리드", same: "세임", explicit: "직접 정하기" },
  sides: ["위", "아래", "왼쪽", "오른쪽"],
  output: "출력",
  padded: (shape) => `패딩해서 ${pair(shape)}`,
  use: "읽는 횟수",
  useTitle: "픽셀마다 읽히는 횟수",
  previous: "이전",
  play: "재생",
  pause: "멈춤",
  next: "다음",
  place: ([row, column]) => `${row + 1}행 ${column + 1}열`,
  pixelLabel: (place, value) => `입력 ${place}: ${value}`,
  paddingLabel: "패딩",
  useLabel: (place, count) => `입력 ${place}: 읽는 횟수 ${count}`,
  weightLabel: (place, value) => `커널 ${place}: ${value}`,
  outputLabel: (place, value) => `출력 ${place}: ${value}`,
  calculation: (place) => `출력 ${place}의 계산`,
  result: { convolution: "모두 더한 값", max: "가장 큰 값", average: "픽셀의 평균" },
  calculationLine: (place, terms) => `출력 ${place} = ${terms}`,
  changed: (count, total) => `출력 ${total}칸 가운데 ${count}칸이 바뀌었습니다.`,
  unread: (count) =>
    count ? `한 번도 읽히지 않는 픽셀은 ${count}개입니다.` : "모든 픽셀이 한 번 이상 읽힙니다.",
  hint: "입력과 커널의 숫자를 고치거나 출력 칸을 골라 보세요. 화살표 키로도 움직입니다.",
  size: "출력 크기",
  sizeRule: (window) => `출력 = ⌊(입력 + 패딩 − ${window}) ÷ 스트라이드⌋ + 1`,
  spread: "팽창한 커널",
  spreadRule: "팽창한 커널 = 팽창 × (커널 − 1) + 1",
  sameRule: "세임 패딩의 출력 = ⌈입력 ÷ 스트라이드⌉",
  amounts: ([[top, bottom], [left, right]]) =>
    `그래서 패딩은 위 ${top}줄, 아래 ${bottom}줄, 왼쪽 ${left}줄, 오른쪽 ${right}줄입니다.`,
  tooLarge: ({ window, padded }, pooling) =>
    pooling
      ? `창이 놓일 자리가 없습니다. 풀링 크기는 ${pair(window)}인데 입력은 ${pair(padded)}입니다. ` +
        `최대 ${pair(padded)}까지 놓을 수 있습니다. 풀링 크기를 줄이거나 입력을 키우거나 세임 패딩을 고르세요.`
      : `커널이 놓일 자리가 없습니다. 커널이 덮는 크기는 ${pair(window)}인데 패딩한 입력은 ${pair(padded)}입니다. ` +
        `최대 ${pair(padded)}까지 놓을 수 있습니다. 패딩을 늘리거나, 커널이나 팽창을 줄이거나, 입력을 키우세요.`,
  badAddress: "주소에 담긴 설정을 읽을 수 없어 처음 상태로 열었습니다. 링크가 잘리지 않았는지 확인하세요.",
  code: "같은 계산을 하는 코드",
  kerasRefuses:
    "Conv2D는 strides > 1과 dilation_rate > 1을 함께 받지 않습니다. 그래서 가중치 사이에 0을 끼웁니다.",
  copyCode: "코드 복사",
  copyLink: "링크 복사",
  reset: "처음으로",
  copied: "복사했습니다.",
  copyFailed: "브라우저가 복사를 막았습니다. 코드는 직접 선택해서, 링크는 주소창에서 복사하세요.",
};

const en = {
  title: "Convolution explorer",
  questions: {
    convolution:
      "Raise one input number by 1: how many output cells change? Try a number at a corner and one in the middle.",
    padding:
      "How often is a corner pixel read with same padding? And with a (5, 5) kernel? Answer first, then check with “Times read”.",
    stride:
      "The kernel moves two cells at a time. How many pixels are never read? Answer first, then check with “Times read”.",
    pooling:
      "Lower one input number by 1: for which numbers does the output change? Choose first, then change it and see.",
  },
  mode: "Operation",
  modes: { convolution: "Convolution", max: "Max pooling", average: "Average pooling" },
  input: "Input",
  inputFill: "Input numbers",
  inputs: { example: "From the lesson", edge: "Vertical edge", spot: "One spot" },
  patches: "Fashion-MNIST patch",
  kernel: "Kernel",
  kernelFill: "Kernel numbers",
  kernels: {
    identity: "Identity",
    blur: "Blur",
    vertical: "Vertical edge",
    horizontal: "Horizontal edge",
    sharpen: "Sharpen",
    laplacian: "Laplacian",
  },
  custom: "Your numbers",
  poolSize: "Pool size",
  rows: "rows",
  columns: "columns",
  stride: "Stride",
  dilation: "Dilation",
  padding: "Padding",
  paddings: { valid: "Valid", same: "Same", explicit: "By hand" },
  sides: ["Top", "Bottom", "Left", "Right"],
  output: "Output",
  padded: (shape) => `padded ${pair(shape)}`,
  use: "Times read",
  useTitle: "How often each pixel is read",
  previous: "Previous",
  play: "Play",
  pause: "Pause",
  next: "Next",
  place: ([row, column]) => `row ${row + 1}, column ${column + 1}`,
  pixelLabel: (place, value) => `Input ${place}: ${value}`,
  paddingLabel: "Padding",
  useLabel: (place, count) => `Input ${place}: times read ${count}`,
  weightLabel: (place, value) => `Kernel ${place}: ${value}`,
  outputLabel: (place, value) => `Output ${place}: ${value}`,
  calculation: (place) => `How output ${place} is computed`,
  result: { convolution: "Sum of all", max: "Largest", average: "Mean of the pixels" },
  calculationLine: (place, terms) => `Output ${place} = ${terms}`,
  changed: (count, total) => `${count} of ${total} output cells changed.`,
  unread: (count) => {
    if (count === 0) return "Every pixel is read at least once.";
    return count === 1 ? "1 pixel is never read." : `${count} pixels are never read.`;
  },
  hint: "Change the numbers of the input and the kernel, or pick an output cell. The arrow keys move too.",
  size: "Output size",
  sizeRule: (window) => `output = ⌊(input + padding − ${window}) ÷ stride⌋ + 1`,
  spread: "dilated kernel",
  spreadRule: "dilated kernel = dilation × (kernel − 1) + 1",
  sameRule: "output of same padding = ⌈input ÷ stride⌉",
  amounts: ([[top, bottom], [left, right]]) =>
    `So the padding is ${top} at the top, ${bottom} at the bottom, ${left} on the left, ${right} on the right.`,
  tooLarge: ({ window, padded }, pooling) =>
    pooling
      ? `A pool size of ${pair(window)} has no place on an input of ${pair(padded)}. ` +
        `It must be at most ${pair(padded)}: use a smaller pool size, a larger input or same padding.`
      : `The kernel spans ${pair(window)} and has no place on the padded input of ${pair(padded)}. ` +
        `It must span at most ${pair(padded)}: add padding, use a smaller kernel or dilation, or a larger input.`,
  badAddress:
    "The address holds settings that cannot be read, so this is the usual start. Check that the link is complete.",
  code: "Code for the same computation",
  kerasRefuses:
    "Conv2D refuses strides > 1 together with dilation_rate > 1, so zeros go between the weights.",
  copyCode: "Copy code",
  copyLink: "Copy link",
  reset: "Start again",
  copied: "Copied.",
  copyFailed: "The browser does not allow copying. Select the code, or copy the link from the address bar.",
};

export const TEXT = { ko, en };

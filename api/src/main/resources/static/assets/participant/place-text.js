// What the page says about a request: on its way, in line, decided. English, Korean.

const figure = new Intl.NumberFormat('en');

export const PLACE_TEXTS = {
  sending: ['Your request is being sent', '참여 신청을 보내고 있습니다'],
  sendingNext: [
    'Please stay here for a moment. Your place comes with the answer.',
    '잠시만 기다려 주세요. 접수되면 순번을 알려 드립니다.',
  ],
  retrying: ['It is sent again by itself', '자동으로 다시 보냅니다'],
  retrybusy: [
    'Very many people are sending at the moment, and yours was not taken yet.',
    '지금 참여하시는 분이 매우 많아 아직 접수되지 않았습니다.',
  ],
  retrytrouble: [
    'The server could not confirm that your request was taken.',
    '서버에서 접수를 확인하지 못했습니다.',
  ],
  retryoffline: [
    'There was no answer, so nobody knows yet whether your request has arrived.',
    '서버의 응답이 없어 아직 접수 여부를 알 수 없습니다.',
  ],
  retryearly: [
    'It opens in this very moment; your request was a little early.',
    '막 시작되는 순간이라 신청이 조금 일찍 도착했습니다.',
  ],
  retryasking: [
    'No new requests are taken now. It is being found out whether yours arrived before.',
    '지금은 새로운 참여를 받지 않습니다. 앞서 보내신 신청이 접수되었는지 확인하고 있습니다.',
  ],
  retryIn: [
    (seconds, n) => `Next try in ${seconds} s (try ${n})`,
    (seconds, n) => `${seconds}초 후 다시 시도합니다 (${n}번째)`,
  ],
  retrySafe: [
    'You need not press again. However often it is sent, your request counts once.',
    '다시 누르지 않으셔도 됩니다. 여러 번 전송되어도 한 번만 접수됩니다.',
  ],
  unsure: ['It is not known whether your request arrived', '접수 여부를 확인하지 못했습니다'],
  unsureNext: [
    'Send it again. That is safe: it is the same request, and it counts once. If it was taken before, you get that place.',
    '다시 보내 주세요. 같은 신청으로 처리되므로 한 번만 접수됩니다. 이미 접수되었다면 그 결과를 그대로 받으십니다.',
  ],
  sendAgain: ['Send again', '다시 보내기'],
  notTaken: ['Your request was not taken', '참여 신청이 접수되지 않았습니다'],
  whyCAMPAIGN_NOT_OPEN: [
    'The campaign is not open yet. Press again when the countdown is over.',
    '아직 시작되지 않았습니다. 시작 시각이 되면 다시 눌러 주세요.',
  ],
  whyCAMPAIGN_PAUSED: [
    'The campaign was paused just then. Press again when it goes on.',
    '이벤트가 일시 중지되었습니다. 다시 시작되면 눌러 주세요.',
  ],
  whyCAMPAIGN_CLOSED: ['The campaign had closed just before.', '신청 직전에 이벤트가 종료되었습니다.'],
  whyOUT_OF_STOCK: [
    'Everything was given away just before.',
    '신청 직전에 준비된 수량이 모두 소진되었습니다.',
  ],
  whybusy: [
    'Too many people were sending for too long. Press again in a moment.',
    '참여하시는 분이 너무 많습니다. 잠시 후 다시 눌러 주세요.',
  ],
  whyOther: [
    'The server did not accept it. Press again; if it stays like this, tell the organiser.',
    '서버에서 신청을 받지 못했습니다. 다시 눌러 주시고, 계속되면 주최 측에 문의해 주세요.',
  ],
  forgotten: ['Your earlier request is not known any more', '이전 참여 기록을 찾을 수 없습니다'],
  forgottenNext: [
    'The server has no request with the number that was kept here; the campaign may have been set up anew. It has been removed from this device. You can take part again.',
    '이 기기에 저장된 접수 번호가 서버에 없습니다. 이벤트가 새로 등록되었을 수 있습니다. 기록을 이 기기에서 지웠으니 다시 참여하실 수 있습니다.',
  ],

  waiting: ['You are in line', '접수되었습니다'],
  waitingNext: [
    'The result appears here by itself. You can close this page and come back; your place stays.',
    '결과는 이 화면에 자동으로 나타납니다. 화면을 닫았다가 다시 오셔도 순번은 그대로 유지됩니다.',
  ],
  place: ['Your place', '내 순번'],
  placeNumber: [(n) => `No. ${figure.format(n)}`, (n) => `${figure.format(n)}번`],
  placeInLine: [
    (n, line) => `No. ${figure.format(n)} in line ${figure.format(line)}`,
    (n, line) => `${figure.format(line)}번 줄 ${figure.format(n)}번`,
  ],
  ahead: ['Ahead of you', '내 앞 대기'],
  aheadPeople: [
    (n) => (n === 1 ? '1 person' : `${figure.format(n)} people`),
    (n) => `${figure.format(n)}명`,
  ],
  aheadNone: ['Nobody: you are next', '없음 (바로 다음 차례입니다)'],
  aheadUnknown: ['Being counted…', '확인 중…'],
  aheadUntold: ['Not known at the moment', '지금은 확인할 수 없습니다'],
  aheadAloud: [
    (n) => (n === 0 ? 'You are next.' : `${n === 1 ? '1 person' : `${figure.format(n)} people`} ahead of you.`),
    (n) => (n === 0 ? '바로 다음 차례입니다.' : `앞에 ${figure.format(n)}명이 대기 중입니다.`),
  ],
  remaining: ['Until your result', '예상 대기 시간'],
  remainingAbout: [(span) => `About ${span}`, (span) => `약 ${span}`],
  remainingUnknown: ['Being estimated…', '계산 중…'],
  remainingStill: [
    'The line is not moving right now. Your place stays.',
    '지금은 대기 줄이 움직이지 않고 있습니다. 순번은 그대로 유지됩니다.',
  ],
  viaPoll: [
    'The live connection does not come through; it is asked regularly instead.',
    '실시간 연결이 되지 않아 주기적으로 확인하고 있습니다.',
  ],
  lineTrouble: [
    (seconds) => `No word from the server at the moment. Next try in ${seconds} s. Your place stays.`,
    (seconds) => `서버와 연결이 원활하지 않습니다. ${seconds}초 후 다시 확인합니다. 순번은 그대로 유지됩니다.`,
  ],

  SUCCESS: ['You are in', '참여에 성공하셨습니다'],
  SUCCESSwhy: [
    (rank, total) => (total
      ? `You are number ${figure.format(rank)} of ${figure.format(total)}.`
      : `You are number ${figure.format(rank)}.`),
    (rank, total) => (total
      ? `선착순 ${figure.format(total)}명 중 ${figure.format(rank)}번째입니다.`
      : `선착순 ${figure.format(rank)}번째입니다.`),
  ],
  SUCCESSnext: [
    'Nothing more to do here: it is recorded under your id, and nobody can take it away. Keep the receipt below for questions.',
    '더 하실 일은 없습니다. 입력하신 아이디로 확정되었으며 바뀌지 않습니다. 문의하실 때를 위해 아래 접수 정보를 보관해 주세요.',
  ],
  ALREADY_ISSUED: ['This id has taken part before', '이미 참여하신 아이디입니다'],
  ALREADY_ISSUEDwhy: [
    'Only the first request of an id counts, and this one came later.',
    '아이디마다 처음 접수된 신청만 인정되며, 이번 신청은 그보다 늦게 접수되었습니다.',
  ],
  ALREADY_ISSUEDnext: [
    'The result of the first request stands. It is shown on the device that sent it.',
    '처음 신청하신 결과가 그대로 유지됩니다. 결과는 처음 신청하신 기기에서 확인하실 수 있습니다.',
  ],
  OUT_OF_STOCK: ['Sold out before your turn', '아쉽게도 수량이 모두 소진되었습니다'],
  OUT_OF_STOCKwhy: [
    'Everything was given to requests that came before yours.',
    '먼저 접수된 분들께 준비된 수량이 모두 돌아갔습니다.',
  ],
  OUT_OF_STOCKnext: [
    'Your request is recorded, and this result is final.',
    '참여하신 기록은 남으며, 이 결과는 바뀌지 않습니다.',
  ],
  OUT_OF_STOCKrefusedNext: [
    'Nothing was recorded. If stock is added, you can press again.',
    '참여 기록은 남지 않았습니다. 수량이 추가되면 다시 참여하실 수 있습니다.',
  ],
  FAILED: ['Your request could not be decided', '신청을 처리하지 못했습니다'],
  FAILEDwhy: [
    'It arrived, but it could not be read when its turn came. The organiser sees that, and why.',
    '접수는 되었으나 처리 중 신청 내용을 읽지 못했습니다. 주최 측에서 원인을 확인할 수 있습니다.',
  ],
  FAILEDnext: [
    'You can send it once more; it then takes a new place. If it fails again, show the receipt below to the organiser.',
    '한 번 더 보내실 수 있으며, 이 경우 새 순번을 받으십니다. 다시 실패하면 아래 접수 정보를 주최 측에 알려 주세요.',
  ],
  again: ['Take part once more', '한 번 더 참여하기'],
  otherId: ['Take part with another id', '다른 아이디로 참여하기'],
  changeId: ['Use another id', '다른 아이디 사용하기'],

  receipt: ['Receipt', '접수 정보'],
  receiptId: ['Request number', '접수 번호'],
  receiptUser: ['Id', '아이디'],
  forId: ['For the id', '아이디'],
  receiptPlace: ['Position in the log', '로그 위치'],
  receiptPosition: [
    (partition, offset) => `Partition ${partition}, offset ${offset}`,
    (partition, offset) => `파티션 ${partition}, 오프셋 ${offset}`,
  ],
  receiptTaken: ['Taken', '접수 시각'],
  receiptDecided: ['Decided', '처리 시각'],
};

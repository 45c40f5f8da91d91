import accounts from './zh-CN/accounts';
import cards from './zh-CN/cards';
import channels from './zh-CN/channels';
import liveCodes from './zh-CN/live-codes';
import overview from './zh-CN/overview';
import shared from './zh-CN/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...cards, ...channels };

import accounts from './en/accounts';
import history from './en/history';
import liveCodes from './en/live-codes';
import overview from './en/overview';
import shared from './en/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...history };

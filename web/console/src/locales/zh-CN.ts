import accounts from './zh-CN/accounts';
import campaigns from './zh-CN/campaigns';
import cards from './zh-CN/cards';
import channels from './zh-CN/channels';
import groups from './zh-CN/groups';
import history from './zh-CN/history';
import jobs from './zh-CN/jobs';
import liveCodes from './zh-CN/live-codes';
import notices from './zh-CN/notices';
import officialAccount from './zh-CN/official-account';
import poster from './zh-CN/poster';
import overview from './zh-CN/overview';
import people from './zh-CN/people';
import robots from './zh-CN/robots';
import rules from './zh-CN/rules';
import statistics from './zh-CN/statistics';
import visits from './zh-CN/visits';
import wecom from './zh-CN/wecom';
import shared from './zh-CN/shared';

export default {
  ...shared, ...accounts, ...overview, ...liveCodes, ...cards, ...channels, ...statistics, ...visits,
  ...history, ...notices, ...groups, ...robots, ...rules, ...wecom, ...jobs, ...campaigns, ...poster, ...officialAccount, ...people,
};

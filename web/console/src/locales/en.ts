import accounts from './en/accounts';
import campaigns from './en/campaigns';
import cards from './en/cards';
import channels from './en/channels';
import groups from './en/groups';
import history from './en/history';
import jobs from './en/jobs';
import liveCodes from './en/live-codes';
import notices from './en/notices';
import officialAccount from './en/official-account';
import poster from './en/poster';
import overview from './en/overview';
import people from './en/people';
import robots from './en/robots';
import rules from './en/rules';
import statistics from './en/statistics';
import visits from './en/visits';
import wecom from './en/wecom';
import shared from './en/shared';

export default {
  ...shared, ...accounts, ...overview, ...liveCodes, ...cards, ...channels, ...statistics, ...visits,
  ...history, ...notices, ...groups, ...robots, ...rules, ...wecom, ...jobs, ...campaigns, ...poster, ...officialAccount, ...people,
};

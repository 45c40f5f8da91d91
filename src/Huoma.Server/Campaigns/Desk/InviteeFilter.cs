using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>Which invited friends are listed, or decided about.</summary>
/// <param name="ToBeConfirmed">Only those somebody has to decide about.</param>
/// <param name="GroupId">Only who joined this group, or may have.</param>
/// <param name="Evidence">Only those who were found in this way.</param>
/// <param name="From">Only who joined from then on.</param>
/// <param name="To">Only who joined before then.</param>
internal readonly record struct InviteeFilter(
    Choice<InviteeState>? State, bool? ToBeConfirmed, GroupId? GroupId, Choice<JoinEvidence>? Evidence, DateTimeOffset? From, DateTimeOffset? To)
{
    public IQueryable<Invitee> Among(IQueryable<Invitee> rows)
    {
        rows = State?.Value is { } state ? rows.Where(row => row.State == state) : rows;
        rows = ToBeConfirmed == true ? rows.Where(row => row.State == InviteeState.Pending && row.MemberId != null) : rows;
        rows = GroupId is { } group ? rows.Where(row => row.GroupId == group) : rows;
        rows = Evidence?.Value is { } evidence ? rows.Where(row => row.Evidence == evidence) : rows;
        rows = From is { } from ? rows.Where(row => row.JoinedAt >= from) : rows;
        return To is { } to ? rows.Where(row => row.JoinedAt < to) : rows;
    }
}

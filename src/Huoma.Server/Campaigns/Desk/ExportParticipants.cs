using System.Globalization;
using System.Text;
using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Tree;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>裂变用户 as a file for Excel, with the filters and order of the list.</summary>
internal static class ExportParticipants
{
    private const int Most = 100_000;
    private const string Columns = "口令,昵称,邀请人口令,层级,已邀请,有效,已退群,待确认,不计数,是否完成,完成时间,领取时间,参与时间（北京时间）";

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        CampaignId id, [AsParameters] ListParticipants.Filter filter, HuomaDb db, ParticipantQueries queries, InviteTreeQueries tree, Calendar calendar,
        CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        var (rows, _) = await queries.ListAsync(campaign, filter.Read(), skip: 0, Most, ct);
        var inviterOf = await tree.InvitersAsync(id, ct);
        var tokens = await db.Participants.AsNoTracking().Where(row => row.CampaignId == id).Select(row => new { row.Id, row.Token }).ToDictionaryAsync(row => row.Id, row => row.Token, ct);
        var text = new StringBuilder(Columns).Append("\r\n");
        foreach (var row in rows.Select(row => ParticipantResponse.Of(row, campaign)))
        {
            string[] cells =
            [
                row.Token, row.Nickname ?? "", inviterOf.TryGetValue(row.Id, out var inviter) ? tokens.GetValueOrDefault(inviter, "") : "", Number(InviteTree.LevelOf(row.Id, inviterOf)),
                Number(row.Invited), Number(row.Valid), Number(row.Left), Number(row.Pending), Number(row.NotCounted), row.Completed ? "是" : "否",
                Time(row.CompletedAt, calendar), Time(row.ClaimedAt, calendar), Time(row.JoinedAt, calendar),
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        // Excel takes a file without a mark for one in its own code page.
        return TypedResults.File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", $"裂变用户-{campaign.Name}.csv");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? at, Calendar calendar) =>
        at is { } given ? TimeZoneInfo.ConvertTime(given, calendar.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";

    // What a name begins with must not become a formula.
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

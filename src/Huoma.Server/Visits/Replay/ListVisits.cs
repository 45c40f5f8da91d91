using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Visits.Replay;

/// <summary>决策回放 (U6): who came when through which entrance, what he saw and why, the newest first.</summary>
internal static class ListVisits
{
    private const int MaxCount = 100;
    private const int UsualCount = 50;

    /// <summary>What is looked through at most.</summary>
    private const int MaxDays = 731;

    /// <param name="From">Missing: two years ago.</param>
    /// <param name="To">Missing: now.</param>
    /// <param name="ChannelId">An id of a channel, or <c>own</c> for the code's own QR.</param>
    /// <param name="Visitor">As the list shows him.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    public readonly record struct Query(
        DateTimeOffset? From, DateTimeOffset? To, SlotId? SlotId, string? ChannelId, string? Visitor, Choice<VisitReason>? Reason, string? Before, int? Count);

    /// <param name="Next">To be sent as <c>before</c>; null on the last page.</param>
    [SchemaExample("""
        { "items": [ { "id": "0000000001C", "at": "2026-11-22T04:00:00.000Z", "kind": "scan", "visitor": "000000000Aq", "client": "we-chat-ios", "channelId": null,
            "channelName": null, "invitation": null, "fromCode": null, "slotId": "5Vd1Rt8Ys3K", "slotName": "一群", "round": 1, "reason": "first-usable", "hasPressed": true } ], "next": null }
        """)]
    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    /// <param name="Visitor">The same text for the same visitor.</param>
    /// <param name="ChannelId">Null: the code's own QR, an invitation, or handed over from <paramref name="FromCode"/>.</param>
    /// <param name="Invitation">Whose invitation he came through (任务宝).</param>
    /// <param name="SlotId">Null: he was shown none.</param>
    /// <param name="HasPressed">Whether he ever pressed this slot and round.</param>
    internal sealed record Item(
        string Id, DateTimeOffset At, VisitKind Kind, string Visitor, VisitClient Client, ChannelId? ChannelId, string? ChannelName, InvitationName? Invitation, CodeName? FromCode,
        SlotId? SlotId, string? SlotName, int Round, VisitReason Reason, bool HasPressed);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        LiveCodeId id, [AsParameters] Query query, HuomaDb db, VisitLogQueries log, IInvitations invitations, CurrentTenant tenant, TimeProvider time,
        CancellationToken ct)
    {
        if (!await db.LiveCodes.AnyAsync(row => row.Id == id, ct))
        {
            return Problems.NotFound();
        }

        var now = time.GetUtcNow();
        if (Check(query, now).Any(out var problem))
        {
            return problem;
        }

        var count = Math.Clamp(query.Count ?? UsualCount, 1, MaxCount);
        var visits = await log.FindAsync(FilterOf(id, query, now), count + 1, ct);
        var shown = visits.Take(count).ToList();
        var pressed = await log.PressedAsync(id, shown.Select(visit => visit.VisitorId), ct);
        var names = await VisitNames.ReadAsync(db, invitations, tenant.Id, shown, ct);
        return TypedResults.Ok(new Response(
            shown.ConvertAll(visit => Describe(visit, names, pressed.Contains((visit.VisitorId, visit.SlotId, visit.Round)))),
            visits.Count > count ? new Domain.Id<Visit>(shown[^1].Id).ToString() : null));
    }

    private static FieldErrors Check(Query query, DateTimeOffset now)
    {
        var errors = new FieldErrors().Known("reason", query.Reason);
        var to = query.To ?? now;
        if (query.From is { } from && from >= to)
        {
            errors.Add("from", "开始时间要早于结束时间");
        }
        else if (query.From is { } start && to - start > TimeSpan.FromDays(MaxDays))
        {
            errors.Add("from", "最多查询两年");
        }

        return errors;
    }

    private static VisitFilter FilterOf(LiveCodeId id, Query query, DateTimeOffset now)
    {
        var to = query.To ?? now + TimeSpan.FromDays(1);
        return new VisitFilter(
            id, query.From ?? to - TimeSpan.FromDays(MaxDays), to, query.SlotId,
            query.ChannelId.OrNone() switch
            {
                null => null,
                "own" => Entrances.OwnChannel,
                var channel => Domain.Id<Domain.Channels.ChannelCode>.Parse(channel).Value is > 0 and var number ? number : long.MaxValue,
            },
            query.Visitor.OrNone() is { } visitor ? Domain.Id<Visit>.Parse(visitor).Value : null,
            query.Reason?.Value is { } reason ? [(int)reason] : [],
            query.Before.OrNone() is { } before ? Domain.Id<Visit>.Parse(before).Value : null);
    }

    private static Item Describe(LoggedVisit visit, VisitNames names, bool hasPressed) => new(
        new Domain.Id<Visit>(visit.Id).ToString(),
        DateTimeOffset.FromUnixTimeMilliseconds(visit.At),
        (VisitKind)visit.Kind,
        new Domain.Id<Visit>(visit.VisitorId).ToString(),
        (VisitClient)visit.Client,
        names.Channels.ContainsKey(visit.ChannelId) ? new ChannelId(visit.ChannelId) : null,
        names.Channels.GetValueOrDefault(visit.ChannelId),
        names.Invitations.GetValueOrDefault(visit.ChannelId),
        visit.ChannelId < 0 ? names.Codes.GetValueOrDefault(-visit.ChannelId) : null,
        visit.SlotId == 0 ? null : new SlotId(visit.SlotId),
        names.Slots.GetValueOrDefault(visit.SlotId),
        visit.Round,
        (VisitReason)visit.Reason,
        hasPressed);
}

using Huoma.Domain.Groups.Rules;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules;

/// <summary>试运行: whom these keywords would have removed, by the last texts in the groups of the code. Nothing happens.</summary>
internal static class TryKeywords
{
    [SchemaExample("""{ "keywords": ["加微信", "兼职"] }""")]
    public sealed record Request(IReadOnlyList<string?>? Keywords);

    /// <param name="Looked">How many messages were looked at, at most 1 000.</param>
    /// <param name="Kicked">How many different people would have been removed.</param>
    public sealed record Response(int Looked, int Kicked, IReadOnlyList<Item> Items);

    /// <param name="Exemption">Why he would have stayed nevertheless; null: he would not.</param>
    public sealed record Item(string MemberId, string Name, GroupId GroupId, string GroupName, string Keyword, string Text, DateTimeOffset At, Exemption? Exemption);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, HuomaDb db, HeardMessageStore heard, GroupStaff staff, CancellationToken ct)
    {
        var errors = new FieldErrors();
        KeywordKickInput.Check("keywords", request.Keywords, errors);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return Problems.NotFound();
        }

        if (GroupRules.CanBeKept(liveCode) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var staffIds = (await db.GroupRules.AsNoTracking().SingleOrDefaultAsync(row => row.LiveCodeId == id, ct))?.StaffIds ?? [];
        var names = new Dictionary<long, string>();
        var roles = new Dictionary<long, GroupRoles>();
        foreach (var group in await db.Groups.AsNoTracking().Where(row => row.LiveCodeId == id).ToListAsync(ct))
        {
            (names[group.Id.Value], roles[group.Id.Value]) = (group.Name, await staff.RolesInAsync(group, staffIds, ct));
        }

        var rule = new KeywordKick(Enabled: true, KeywordKickInput.Clean(request.Keywords));
        var messages = await heard.LastAsync(id, ct);
        List<Item> items =
        [
            .. from message in messages
               where roles.ContainsKey(message.GroupId)
               let decision = KickDecision.Of(rule, message.MemberId, message.Text, roles[message.GroupId])
               where decision is not KickDecision.None
               select ItemOf(message, decision, names[message.GroupId]),
        ];
        return TypedResults.Ok(new Response(
            messages.Count, items.Where(item => item.Exemption is null).DistinctBy(item => (item.GroupId, item.MemberId)).Count(), items));
    }

    private static Item ItemOf(HeardMessage message, KickDecision decision, string groupName)
    {
        var (keyword, exemption) = decision switch
        {
            KickDecision.Spare spare => (spare.Keyword, spare.Exemption),
            KickDecision.Kick kick => (kick.Keyword, (Exemption?)null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new Item(
            message.MemberId, message.Name, new GroupId(message.GroupId), groupName, keyword, message.Text, DateTimeOffset.FromUnixTimeMilliseconds(message.At), exemption);
    }
}

using System.ComponentModel.DataAnnotations;
using Huoma.Domain;
using Huoma.Domain.Groups;
using Huoma.Domain.Groups.Rules;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Robots;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Rules.Announcements;

/// <summary>发群公告: sent at once to every group of the code that is alive (F100).</summary>
internal static class CreateAnnouncement
{
    private static readonly Refusal NoGroups = new("announcement.no-groups", "这个活码还没有建成的群，不能发群公告");

    /// <param name="AtAll">@所有人; without it, it is not.</param>
    /// <param name="Attachments">At most two more messages.</param>
    [SchemaExample("""{ "text": "今晚八点直播", "atAll": true, "attachments": [{ "type": "link", "title": "直播间", "url": "https://example.com/live" }] }""")]
    public sealed record Request([property: Required] string? Text, bool? AtAll, IReadOnlyList<PostInput?>? Attachments);

    public static async Task<Results<Created<AnnouncementResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, HuomaDb db, AnnouncementSending sending, AnnouncementQueries queries, RobotAbilities abilities, CurrentActor actor, TimeProvider time,
        CancellationToken ct)
    {
        if ((await CheckAsync(request, db, ct)).Any(out var problem))
        {
            return problem;
        }

        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var announcement = AnnouncementOf(request, edit.LiveCode);
        announcement.IsMade(time.GetUtcNow(), actor.Name);
        var groups = await db.Groups.Where(group => group.LiveCodeId == id && group.Stage == GroupStage.Made).OrderBy(group => group.Number).ToListAsync(ct);
        var refusal = GroupRules.CanBeKept(edit.LiveCode) ?? (groups.Count == 0 ? NoGroups : RobotAbilities.Refuse(await abilities.OfAsync(id, ct), Wanted(announcement)));
        if (refusal is not null)
        {
            return refusal.ToProblem();
        }

        db.Announcements.Add(announcement);
        foreach (var group in groups)
        {
            var delivery = new AnnouncementDelivery(NewId.Of<AnnouncementDelivery>(), announcement, group, announcement.CreatedAt);
            db.AnnouncementDeliveries.Add(delivery);
            await sending.SendNextAsync(announcement, delivery, group, ct);
        }

        await edit.SaveAsync(ct);
        return TypedResults.Created($"/api/v1/announcements/{announcement.Id}", (await queries.DescribeAsync([announcement], ct))[0]);
    }

    private static async Task<FieldErrors> CheckAsync(Request request, HuomaDb db, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var attachments = request.Attachments ?? [];
        PostInput.CheckText("text", request.Text, Announcement.TextMaxLength, greets: false, errors);
        if (attachments.Count > Announcement.MaxAttachments)
        {
            errors.Add("attachments", $"除公告内容外最多附带 {Announcement.MaxAttachments} 条消息");
        }

        for (var at = 0; at < attachments.Count; at++)
        {
            (attachments[at] ?? new PostInput(null, null, null, null, null, null)).Check($"attachments[{at}]", greets: false, errors);
        }

        await PostInput.CheckPicturesAsync("attachments", attachments, db, errors, ct);
        return errors;
    }

    private static Announcement AnnouncementOf(Request request, LiveCode liveCode) => new(
        NewId.Of<Announcement>(), liveCode, request.Text.OrNone() ?? "", request.AtAll == true,
        [.. (request.Attachments ?? []).OfType<PostInput>().Select(post => post.ToPost())]);

    private static IEnumerable<(string Capability, string Field)> Wanted(Announcement announcement) =>
        announcement.Attachments.Select((post, at) => (PostWriter.CapabilityOf(post), $"attachments[{at}]"))
            .Prepend(announcement.AtAll ? (CommandTypes.Announce, "atAll") : (CommandTypes.Send, "text"));
}

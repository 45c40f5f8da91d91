using System.ComponentModel.DataAnnotations;
using Huoma.Domain;
using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Robots;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.WeCom.Chats;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>添加企业微信群: a customer group that people made comes under a code, whose QR, members and threshold are kept from then on. Nobody is charged for it.</summary>
internal static class LinkGroup
{
    private static readonly Refusal NotAuto = new("group.not-auto", "手动建群的活码没有群管理，请使用「群二维码管理」");
    private static readonly Refusal Taken = new("group.linked-already", "这个群已经添加到一个活码，请先在那里移除");
    private static readonly Refusal Gone = new("group.no-such-room", "企业微信里没有这个客户群，请刷新列表后再选", "roomId");

    /// <param name="RobotId">A robot of 企业微信.</param>
    /// <param name="RoomId">The customer group, by its id there.</param>
    [SchemaExample("""{ "robotId": "5Vd1Rt8Ys3K", "roomId": "wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA" }""")]
    public sealed record Request([property: Required] RobotId? RobotId, [property: Required] string? RoomId);

    public static async Task<Results<Created<GroupResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, HuomaDb db, ChatQueries chats, GroupCommands commands, GroupQueries queries, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors().Given("robotId", request.RobotId).Line("roomId", request.RoomId, Robot.PlatformIdMaxLength);
        if (errors.Any(out var problem) || request is not { RobotId: { } robotId, RoomId: { } roomId })
        {
            return problem ?? Problems.NotFound();
        }

        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null || await db.Robots.AsNoTracking().SingleOrDefaultAsync(row => row.Id == robotId && row.Driver == RobotDriver.Wecom, ct) is not { } robot)
        {
            return Problems.NotFound();
        }

        var chat = await chats.FindAsync(robotId, roomId, ct);
        if (WhyNot(edit.LiveCode, robot, chat) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var group = await AddAsync(db, edit.LiveCode, robotId, roomId, chat?.Name.OrNone() ?? "未命名的群", time.GetUtcNow(), ct);
        commands.SendFetchQr(group);
        commands.SendCompare(group);
        try
        {
            await edit.SaveAsync(ct);
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate())
        {
            return Taken.ToProblem();
        }

        var response = (await queries.DescribeAsync(edit.LiveCode, ct)).Single(row => row.Id == group.Id);
        return TypedResults.Created($"/api/v1/codes/{id}/groups", response);
    }

    private static Refusal? WhyNot(LiveCode liveCode, Robot robot, SeenChat? chat) =>
        liveCode.Building != Building.Auto ? NotAuto
        : robot.CanBeAsked() ?? (chat is null or { DismissedAt: not null } ? Gone : chat.LiveCodeId is not null ? Taken : null);

    private static async Task<Group> AddAsync(HuomaDb db, LiveCode liveCode, RobotId robotId, string roomId, string name, DateTimeOffset now, CancellationToken ct)
    {
        // Its last code was deleted for good, and with it the claim.
        foreach (var former in await db.Groups.Where(row => row.Linked && row.RoomId == roomId && row.LiveCodeId != liveCode.Id
            && db.LiveCodes.IgnoreQueryFilters(new[] { HuomaDb.DeletedFilter }).Any(code => code.Id == row.LiveCodeId && code.PurgedAt != null)).ToListAsync(ct))
        {
            former.IsUnlinked();
            await db.SaveChangesAsync(ct);
        }

        var groups = await db.Groups.Where(row => row.LiveCodeId == liveCode.Id).ToListAsync(ct);
        var group = new Group(NewId.Of<Group>(), liveCode, GroupPlan.NumberOfLinked(liveCode, groups), robotId, now);
        group.IsLinked(roomId, name);
        db.Groups.Add(group);
        return group;
    }
}

/// <summary>移除企业微信群: it goes on there, and its QR is shown no more. 「加入群聊」 is deleted within the hour.</summary>
internal static class UnlinkGroup
{
    public static Task<Results<Ok<GroupResponse>, ProblemHttpResult>> Handle(GroupId id, HuomaDb db, GroupQueries queries, CancellationToken ct) =>
        GroupEdit.RunAsync(
            id, db, queries,
            place =>
            {
                var refusal = place.Group.CanBeUnlinked();
                if (refusal is null)
                {
                    place.Group.IsUnlinked();
                    place.Slot?.Enable(false);
                    place.LiveCode.SlotsChanged();
                }

                return Task.FromResult(refusal);
            },
            ct);
}

using System.Text;
using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Imaging;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots.Inbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Desk;

internal static class ListRobots
{
    public static async Task<Ok<Listing<RobotResponse>>> Handle(RobotQueries queries, CancellationToken ct)
    {
        var robots = await queries.DescribeAsync(ct);
        return TypedResults.Ok(new Listing<RobotResponse>(robots, robots.Count, Page: 1, Robot.MaxPerTenant));
    }
}

internal static class ShowRobot
{
    public static async Task<Results<Ok<RobotResponse>, ProblemHttpResult>> Handle(RobotId id, RobotQueries queries, CancellationToken ct) =>
        await queries.DescribeAsync(id, ct) is { } robot ? TypedResults.Ok(robot) : Problems.NotFound();
}

/// <summary>The login QR as a picture; not there when nobody waits for a scan.</summary>
internal static class ShowLoginQr
{
    private const int DefaultSize = 320;
    private const int MinSize = 256;

    /// <summary>More does not fit into a QR.</summary>
    private const int MaxBytes = 2_000;

    /// <param name="size">Side in pixels.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(RobotId id, int? size, RobotQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().Range("size", size, MinSize, QrPicture.MaxSize).Any(out var problem))
        {
            return problem;
        }

        return await queries.LoginQrAsync(id, ct) is { } text && Encoding.UTF8.GetByteCount(text) <= MaxBytes
            ? TypedResults.File(QrPicture.Png(text, size ?? DefaultSize), "image/png")
            : Problems.NotFound();
    }
}

/// <summary>One page of contacts, of the last list the robot gave.</summary>
/// <param name="ListedAt">Null: there is none yet.</param>
internal sealed record ContactListing(IReadOnlyList<Contact> Items, int Total, int Page, int PageSize, DateTimeOffset? ListedAt);

/// <summary>Whom the robot knows: friends first.</summary>
internal static class ListContacts
{
    private const int QueryMaxLength = 100;

    /// <param name="q">A part of a name or an id.</param>
    /// <param name="friends">Only friends, who may be seeds.</param>
    public static async Task<Results<Ok<ContactListing>, ProblemHttpResult>> Handle(
        RobotId id, string? q, bool? friends, [AsParameters] Paging paging, HuomaDb db, RobotCountQueries queries, CancellationToken ct)
    {
        if (new FieldErrors().OptionalLine("q", q, QueryMaxLength).Any(out var problem))
        {
            return problem;
        }

        if (!await db.Robots.AnyAsync(robot => robot.Id == id, ct))
        {
            return Problems.NotFound();
        }

        if (await queries.ContactsAsync(id, ct) is not { } stored)
        {
            return TypedResults.Ok(new ContactListing([], 0, paging.Number, paging.Size, ListedAt: null));
        }

        var matching = (JsonSerializer.Deserialize<List<Contact>>(stored.Contacts, JsonSerializerOptions.Web) ?? [])
            .Where(contact => (friends != true || contact.Friend) && Matches(contact, q.OrNone()))
            .OrderByDescending(contact => contact.Friend).ToList();
        return TypedResults.Ok(new ContactListing(
            [.. matching.Skip(paging.Skip).Take(paging.Size)], matching.Count, paging.Number, paging.Size, DateTimeOffset.FromUnixTimeMilliseconds(stored.ListedAt)));
    }

    private static bool Matches(Contact contact, string? q) =>
        q is null || contact.Name.Contains(q, StringComparison.OrdinalIgnoreCase) || contact.Id.Contains(q, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the robot reported, the newest first.</summary>
internal static class ListRobotEvents
{
    public static async Task<Results<Ok<Listing<RobotEventResponse>>, ProblemHttpResult>> Handle(
        RobotId id, [AsParameters] Paging paging, HuomaDb db, RobotCountQueries queries, CancellationToken ct) =>
        await db.Robots.AnyAsync(robot => robot.Id == id, ct)
            ? TypedResults.Ok(new Listing<RobotEventResponse>(
                await queries.EventsAsync(id, paging.Skip, paging.Size, ct), await queries.CountEventsAsync(id, ct), paging.Number, paging.Size))
            : Problems.NotFound();
}

/// <summary>Which commands are asked for.</summary>
internal enum CommandsShown
{
    All = 1,

    /// <summary>Waiting, or with a gateway.</summary>
    Open = 2,

    /// <summary>结果未知.</summary>
    Unknown = 3,
}

/// <summary>What the robot was told, the newest first.</summary>
internal static class ListRobotCommands
{
    public static async Task<Results<Ok<Listing<RobotCommandResponse>>, ProblemHttpResult>> Handle(
        RobotId id, Choice<CommandsShown>? show, [AsParameters] Paging paging, HuomaDb db, CancellationToken ct)
    {
        if (new FieldErrors().Known("show", show).Any(out var problem))
        {
            return problem;
        }

        if (!await db.Robots.AnyAsync(robot => robot.Id == id, ct))
        {
            return Problems.NotFound();
        }

        var rows = db.RobotCommands.AsNoTracking().Where(command => command.RobotId == id);
        rows = show?.Value switch
        {
            CommandsShown.Open => rows.Where(command => command.State == CommandState.Queued || command.State == CommandState.Sent),
            CommandsShown.Unknown => rows.Where(command => command.State == CommandState.Unknown),
            _ => rows,
        };
        var total = await rows.CountAsync(ct);
        var page = await rows.OrderByDescending(command => command.CreatedAt).ThenByDescending(command => command.Place).ThenBy(command => command.Id)
            .Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<RobotCommandResponse>(page.ConvertAll(RobotCommandResponse.Of), total, paging.Number, paging.Size));
    }
}

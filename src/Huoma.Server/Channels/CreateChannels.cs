using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Channels;
using Huoma.Domain.LiveCodes;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Channels;

/// <summary>生成渠道码: one or several channels of one code, all of them or none (F160–F164).</summary>
internal static class CreateChannels
{
    // Keys are drawn; that two are alike twice in a row does not happen.
    private const int Draws = 5;

    [SchemaExample("""{ "name": "公众号菜单", "remark": "11 月推文" }""")]
    public sealed record Request([property: Required] string? Name, string? Remark);

    public static async Task<Results<Created<Listing<ChannelResponse>>, ProblemHttpResult>> Handle(
        LiveCodeId id, IReadOnlyList<Request?> requests, HuomaDb db, ChannelQueries queries, TimeProvider time, CancellationToken ct)
    {
        if (!await db.LiveCodes.AnyAsync(row => row.Id == id, ct))
        {
            return Problems.NotFound();
        }

        if (requests.Count is 0 or > ChannelCode.MaxAtOnce)
        {
            return Problems.Invalid("channels", requests.Count == 0 ? "请至少填写一个渠道名称" : $"一次最多生成 {ChannelCode.MaxAtOnce} 个渠道码，请分几次生成");
        }

        if (Check(requests).Any(out var problem))
        {
            return problem;
        }

        List<Request> given = [.. requests.OfType<Request>()];
        for (var draw = 1; ; draw++)
        {
            try
            {
                return await AddAsync(id, given, db, queries, time.GetUtcNow(), ct);
            }
            catch (DbUpdateException exception) when (draw < Draws && exception.IsDuplicate())
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private static FieldErrors Check(IReadOnlyList<Request?> requests)
    {
        var errors = new FieldErrors();
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < requests.Count; at++)
        {
            errors.Line($"[{at}].name", requests[at]?.Name, ChannelCode.NameMaxLength)
                .OptionalLine($"[{at}].remark", requests[at]?.Remark, ChannelCode.RemarkMaxLength);
            if (requests[at]?.Name.OrNone() is { } name && !rows.TryAdd(name, at + 1))
            {
                errors.Add($"[{at}].name", $"与第 {rows[name]} 个渠道重名，请换一个名称");
            }
        }

        return errors;
    }

    // The code's row is locked, so that two people together can not add more than a code may have.
    private static async Task<Results<Created<Listing<ChannelResponse>>, ProblemHttpResult>> AddAsync(
        LiveCodeId id, List<Request> requests, HuomaDb db, ChannelQueries queries, DateTimeOffset now, CancellationToken ct)
    {
        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        if (ChannelCode.CanAdd(await db.Channels.CountAsync(row => row.LiveCodeId == id, ct), requests.Count) is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (await TakenAsync(id, requests, db, ct) is { } taken)
        {
            return taken;
        }

        var channels = await DrawAsync(edit.LiveCode, requests, db, now, ct);
        db.Channels.AddRange(channels);
        await edit.SaveAsync(ct);
        var responses = await queries.DescribeAsync([.. channels.Select(channel => new ChannelOfCode { Channel = channel, LiveCode = edit.LiveCode })], ct);
        return TypedResults.Created($"/api/v1/channels?codeId={id}", new Listing<ChannelResponse>(responses, responses.Count, Page: 1, ChannelCode.MaxAtOnce));
    }

    private static async Task<ProblemHttpResult?> TakenAsync(LiveCodeId id, List<Request> requests, HuomaDb db, CancellationToken ct)
    {
        var names = requests.ConvertAll(request => request.Name.OrNone() ?? "");
        var taken = await db.Channels.Where(row => row.LiveCodeId == id && row.ArchivedAt == null && names.Contains(row.Name)).Select(row => row.Name).ToListAsync(ct);
        if (taken.Count == 0)
        {
            return null;
        }

        var refusals = names.Select((name, at) => (At: at, Refusal: ChannelCode.NameTaken(name))).Where(row => taken.Contains(names[row.At])).ToList();
        return Problems.Create(
            StatusCodes.Status409Conflict,
            refusals[0].Refusal.Code,
            refusals[0].Refusal.Message,
            refusals.ToDictionary(row => $"[{row.At}].{row.Refusal.Field}", row => (string[])[row.Refusal.Message], StringComparer.Ordinal));
    }

    private static async Task<List<ChannelCode>> DrawAsync(
        LiveCode liveCode, List<Request> requests, HuomaDb db, DateTimeOffset now, CancellationToken ct)
    {
        var keys = await LiveCodeKeys.FreeAsync(db, requests.Count, ct);

        // Lists show the highest id of an instant first.
        var ids = requests.Select(_ => NewId.Of<ChannelCode>()).OrderByDescending(id => id.Value).ToList();
        return [.. requests.Select((request, at) =>
        {
            var channel = new ChannelCode(ids[at], liveCode, keys[at], now);
            channel.Describe(request.Name.OrNone() ?? "", request.Remark.OrNone() ?? "");
            return channel;
        })];
    }
}

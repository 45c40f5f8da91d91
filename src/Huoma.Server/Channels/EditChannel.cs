using Huoma.Domain;
using Huoma.Domain.Channels;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Channels;

/// <summary>编辑渠道码 (F167), 归档 and 取消归档 (D28): what is missing or null stays as it is; key and code never change.</summary>
internal static class EditChannel
{
    [SchemaExample("""{ "name": "公众号菜单", "remark": "", "archived": false }""")]
    public sealed record Request(string? Name, string? Remark, bool? Archived);

    public static async Task<Results<Ok<ChannelResponse>, ProblemHttpResult>> Handle(
        ChannelId id, Request request, HuomaDb db, ChannelQueries queries, TimeProvider time, CancellationToken ct)
    {
        if (Check(request).Any(out var problem))
        {
            return problem;
        }

        if (await db.Channels.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } channel)
        {
            return Problems.NotFound();
        }

        var wasCalled = channel.ArchivedAt is null ? channel.Name : null;
        channel.Describe(request.Name.OrNone() ?? channel.Name, request.Remark?.Trim() ?? channel.Remark);
        if (request.Archived == true)
        {
            channel.Archive(time.GetUtcNow());
        }
        else if (request.Archived == false)
        {
            channel.TakeOut();
        }

        if (channel.ArchivedAt is null && channel.Name != wasCalled && await TakenAsync(channel, db, ct) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var liveCode = await db.LiveCodes.IgnoreQueryFilters([HuomaDb.DeletedFilter]).SingleAsync(row => row.Id == channel.LiveCodeId, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await queries.DescribeAsync([new ChannelOfCode { Channel = channel, LiveCode = liveCode }], ct))[0]);
    }

    private static FieldErrors Check(Request request)
    {
        var errors = new FieldErrors().OptionalLine("remark", request.Remark, ChannelCode.RemarkMaxLength);
        return request.Name is { } name ? errors.Line("name", name, ChannelCode.NameMaxLength) : errors;
    }

    private static async Task<Refusal?> TakenAsync(ChannelCode channel, HuomaDb db, CancellationToken ct) =>
        await db.Channels.AnyAsync(row => row.LiveCodeId == channel.LiveCodeId && row.ArchivedAt == null && row.Name == channel.Name && row.Id != channel.Id, ct)
            ? ChannelCode.NameTaken(channel.Name)
            : null;
}

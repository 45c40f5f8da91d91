using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.WeCom.Chats;

/// <summary>客户群 of a robot of 企业微信.</summary>
/// <param name="Name">Empty when people gave it none, or it was not read yet.</param>
/// <param name="Members">As read last.</param>
/// <param name="CodeId">The code it is under already.</param>
[SchemaExample("""{ "id": "wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA", "name": "护肤交流群", "ownerId": "ZhangSan", "members": 57, "codeId": null, "codeName": null }""")]
internal sealed record CustomerGroupResponse(string Id, string Name, string? OwnerId, int Members, LiveCodeId? CodeId, string? CodeName);

/// <summary>Those a robot was seen to have, by name; <see cref="RefreshCustomerGroups"/> looks again.</summary>
internal static class ListCustomerGroups
{
    /// <param name="Q">A part of the name.</param>
    public readonly record struct Filter(string? Q);

    public static async Task<Results<Ok<Listing<CustomerGroupResponse>>, ProblemHttpResult>> Handle(
        RobotId id, [AsParameters] Filter filter, [AsParameters] Paging paging, HuomaDb db, ChatQueries chats, CancellationToken ct)
    {
        if (!await db.Robots.AnyAsync(row => row.Id == id && row.Driver == RobotDriver.Wecom, ct))
        {
            return Problems.NotFound();
        }

        var matching = (await chats.AllAsync(id, ct)).Where(chat => filter.Q.OrNone() is not { } text || chat.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var page = matching.Skip(paging.Skip).Take(paging.Size).Select(chat => new CustomerGroupResponse(
            chat.ChatId, chat.Name, chat.OwnerId, (int)chat.Members, chat.LiveCodeId is { } codeId ? new LiveCodeId(codeId) : null, chat.LiveCodeName)).ToList();
        return TypedResults.Ok(new Listing<CustomerGroupResponse>(page, matching.Count, paging.Number, paging.Size));
    }
}

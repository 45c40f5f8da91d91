using Dapper;
using Huoma.Server.Accounts;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Notices.Inbox;

/// <summary>标为已读, for the signed-in user alone.</summary>
internal static class ReadNotices
{
    private const int MostAtOnce = 500;

    /// <param name="Ids">Those that were read; null: all there are.</param>
    [SchemaExample("""{ "ids": ["7Hn4Wc6Pq2D"] }""")]
    public sealed record Request(IReadOnlyList<NoticeId>? Ids);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Request request, ReadStore store, CancellationToken ct)
    {
        if (request.Ids?.Count > MostAtOnce)
        {
            return Problems.Invalid("ids", $"一次最多 {MostAtOnce} 条");
        }

        await store.ReadAsync(request.Ids, ct);
        return TypedResults.NoContent();
    }
}

/// <summary>Keeps who has read what.</summary>
internal sealed class ReadStore(Database database, CurrentTenant tenant, CurrentUser user)
{
    /// <summary>Another tenant's ids are simply not among them.</summary>
    public async Task ReadAsync(IReadOnlyList<NoticeId>? ids, CancellationToken ct)
    {
        if (ids is { Count: 0 })
        {
            return;
        }

        var sql = $"""
            INSERT INTO notice_reads (user_id, notice_id, tenant_id)
            SELECT @UserId, id, tenant_id FROM notices WHERE tenant_id = @TenantId {(ids is null ? "" : "AND id IN {=Ids}")}
            ON CONFLICT (user_id, notice_id) DO NOTHING
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { UserId = user.Id.Value, TenantId = tenant.Id.Value, Ids = ids?.Select(id => id.Value).ToArray() ?? [] };
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }
}

using Dapper;
using Huoma.Domain.OfficialAccount;
using Huoma.Server.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.OfficialAccount.Verification;

/// <summary>A 域名校验文件 at the root, as 公众平台 fetches it: its text and nothing else.</summary>
internal static class ServeVerifyFile
{
    public static async Task<Results<ContentHttpResult, NotFound>> Handle(HttpContext context, VerifyFileQueries files, CancellationToken ct)
    {
        // By the address itself: a route takes small letters for capitals, and this name is exact.
        var name = (context.Request.Path.Value ?? "").TrimStart('/');
        context.Response.Headers.CacheControl = "no-store";
        return VerifyFile.IsName(name) && await files.ContentOfAsync(name, ct) is { } content ? TypedResults.Content(content, "text/plain") : TypedResults.NotFound();
    }
}

/// <summary>Reads files past the tenants: the root is everybody's.</summary>
internal sealed class VerifyFileQueries(Database database)
{
    public async Task<string?> ContentOfAsync(string name, CancellationToken ct)
    {
        const string sql = "SELECT content FROM verify_files WHERE name = @name";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, new { name }, cancellationToken: ct));
    }
}

using System.Text.RegularExpressions;
using Dapper;
using Huoma.Domain;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>知道了: this user has read a guide and is not shown it again (F004).</summary>
internal static partial class RememberGuide
{
    private const int MaxGuides = 100;

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string guide, CurrentUser me, CurrentTenant tenant, Database database, CancellationToken ct)
    {
        if (!GuideName().IsMatch(guide))
        {
            new FieldErrors().Add("guide", "只能用小写字母和 -，最多 40 个").Any(out var problem);
            return problem ?? Problems.NotFound();
        }

        await using var connection = await database.OpenAsync(ct);
        const string sql = """
            INSERT INTO guides (user_id, guide, tenant_id)
            SELECT @User, @Guide, @Tenant WHERE (SELECT count(*) FROM guides WHERE user_id = @User) < @MaxGuides
            ON CONFLICT (user_id, guide) DO NOTHING
            """;
        await connection.ExecuteAsync(sql, new { User = me.Id.Value, Guide = guide, Tenant = tenant.Id.Value, MaxGuides });
        const string check = "SELECT count(*) FROM guides WHERE user_id = @User AND guide = @Guide";
        return await connection.ExecuteScalarAsync<long>(check, new { User = me.Id.Value, Guide = guide }) == 1
            ? TypedResults.NoContent()
            : new Refusal("guide.too-many", "记住的提示太多了").ToProblem();
    }

    [GeneratedRegex(@"\A[a-z-]{1,40}\z", RegexOptions.NonBacktracking)]
    private static partial Regex GuideName();
}

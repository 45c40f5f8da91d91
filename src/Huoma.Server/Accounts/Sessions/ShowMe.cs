using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Sessions;

internal static class ShowMe
{
    public static async Task<Results<Ok<Me>, ProblemHttpResult>> Handle(CurrentUser me, HuomaDb db, Database database, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == me.Id, ct);
        return user is null ? Problems.NotFound() : TypedResults.Ok(await Me.OfAsync(user, db, database, ct));
    }
}

using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Users;

internal static class ListUsers
{
    public static async Task<Ok<Listing<UserView>>> Handle([AsParameters] Paging paging, HuomaDb db, CancellationToken ct)
    {
        var total = await db.Users.CountAsync(ct);
        var users = await db.Users.AsNoTracking()
            .OrderBy(user => user.CreatedAt).ThenBy(user => user.Id)
            .Skip(paging.Skip).Take(paging.Size).ToListAsync(ct);
        return TypedResults.Ok(new Listing<UserView>(users.ConvertAll(UserView.Of), total, paging.Number, paging.Size));
    }
}

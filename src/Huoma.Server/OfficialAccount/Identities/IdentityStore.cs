using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Identities;

/// <summary>Somebody who signed in: the visitor that stands for him, and all visitors he is.</summary>
internal sealed record WeChatPerson(long PersonId, IReadOnlyList<long> Cookies);

/// <summary>
/// Which cookies are one person's (D25). A cookie is one person's for ever: when another person signs in with the same phone, he gets a cookie of his
/// own. Statements go in the same order everywhere (cookie, identity), so that two sign-ins at once wait for each other and do not lock up.
/// </summary>
internal sealed class IdentityStore(HuomaDb db, IOptions<OfficialAccountOptions> options, TimeProvider time)
{
    private string AppId => options.Value.AppId ?? "";

    /// <summary>The visitor that stands for whoever carries this cookie.</summary>
    public async Task<long> PersonOfAsync(long visitorId, CancellationToken ct) =>
        await One($"""SELECT person_id AS "Value" FROM visitor_people WHERE visitor_id = {visitorId}""", ct) ?? visitorId;

    /// <summary>Whether WeChat told who that is.</summary>
    public async Task<bool> IsKnownAsync(long personId, CancellationToken ct) =>
        await One($"""SELECT person_id AS "Value" FROM visitor_identities WHERE app_id = {AppId} AND person_id = {personId}""", ct) is not null;

    /// <summary>WeChat told who somebody is. In the transaction of the caller.</summary>
    /// <param name="visitorId">The cookie he carries.</param>
    /// <param name="fresh">A number for a visitor, should that cookie be somebody else's.</param>
    public async Task<WeChatPerson> SignInAsync(long visitorId, long fresh, string openId, string? unionId, CancellationToken ct)
    {
        var person = await FindAsync(openId, unionId, ct);
        if (person is null)
        {
            person = await AddAsync(visitorId, fresh, openId, unionId, ct);
        }
        else
        {
            await ClaimAsync(visitorId, person.Value, ct);
        }

        // Locks him: whoever signs in as the same person at this moment waits until everything about this one is stored.
        var (id, now) = (person.Value, time.GetUtcNow().ToUnixTimeMilliseconds());
        await ExecuteAsync(
            $"""
            INSERT INTO visitor_identities (app_id, open_id, union_id, person_id, signed_in_at) VALUES ({AppId}, {openId}, {unionId}, {id}, {now})
            ON CONFLICT (app_id, open_id) DO UPDATE SET signed_in_at = excluded.signed_in_at, union_id = COALESCE(excluded.union_id, visitor_identities.union_id)
            """, ct);
        return await CookiesOfAsync(id, ct);
    }

    public async Task<WeChatPerson> CookiesOfAsync(long personId, CancellationToken ct) => new(
        personId, await db.Database.SqlQuery<long>($"""SELECT visitor_id AS "Value" FROM visitor_people WHERE person_id = {personId} ORDER BY visitor_id""").ToListAsync(ct));

    // By the union id too: the same person comes through another 公众号 when the operator changed it.
    private async Task<long?> FindAsync(string openId, string? unionId, CancellationToken ct) =>
        await One($"""SELECT person_id AS "Value" FROM visitor_identities WHERE app_id = {AppId} AND open_id = {openId}""", ct)
        ?? (unionId is null ? null : await One(
            $"""
            SELECT person_id AS "Value" FROM visitor_identities WHERE union_id = {unionId}
                AND person_id NOT IN (SELECT person_id FROM visitor_identities WHERE app_id = {AppId}) ORDER BY signed_in_at LIMIT 1
            """, ct));

    private async Task<long> AddAsync(long visitorId, long fresh, string openId, string? unionId, CancellationToken ct)
    {
        var isNew = await ClaimAsync(visitorId, visitorId, ct);
        var owner = await PersonOfAsync(visitorId, ct);
        await AddIdentityAsync(openId, unionId, owner, ct);
        if (await FindAsync(openId, unionId: null, ct) is { } person)
        {
            // He signed in through another cookie a moment ago: this one is his too.
            if (isNew && person != owner)
            {
                await ExecuteAsync($"UPDATE visitor_people SET person_id = {person} WHERE visitor_id = {visitorId}", ct);
            }

            return person;
        }

        // The cookie is somebody else's, of the same 公众号.
        await ClaimAsync(fresh, fresh, ct);
        await AddIdentityAsync(openId, unionId, fresh, ct);
        return await FindAsync(openId, unionId: null, ct) ?? fresh;
    }

    private Task<int> AddIdentityAsync(string openId, string? unionId, long person, CancellationToken ct) => ExecuteAsync(
        $"""
        INSERT INTO visitor_identities (app_id, open_id, union_id, person_id, signed_in_at) VALUES ({AppId}, {openId}, {unionId}, {person}, {time.GetUtcNow().ToUnixTimeMilliseconds()})
        ON CONFLICT DO NOTHING
        """, ct);

    private async Task<bool> ClaimAsync(long visitorId, long person, CancellationToken ct) =>
        await ExecuteAsync($"INSERT INTO visitor_people (visitor_id, person_id) VALUES ({visitorId}, {person}) ON CONFLICT (visitor_id) DO NOTHING", ct) == 1;

    private Task<int> ExecuteAsync(FormattableString sql, CancellationToken ct) => db.Database.ExecuteSqlAsync(sql, ct);

    private async Task<long?> One(FormattableString sql, CancellationToken ct) => await db.Database.SqlQuery<long>(sql).ToListAsync(ct) is [var value, ..] ? value : null;
}

using Huoma.Domain.WeCom;

namespace Huoma.Server.WeCom.Api;

/// <summary>The calls of 客户群 and 「加入群聊」 that are used. A token that is no longer good is fetched anew, and the call made once more.</summary>
internal sealed class WeComClient(WeComHttp http, WeComTokens tokens)
{
    private const int Qr = 2;
    private const int RemarkMaxLength = 30;

    /// <param name="cursor">Where the page before ended; null: the first.</param>
    public Task<Told<ChatListAnswer>> ListChatsAsync(Corporation corporation, string? cursor, int limit, CancellationToken ct) =>
        CallAsync<ChatListAnswer>(corporation, "externalcontact/groupchat/list", new { StatusFilter = 0, Cursor = cursor ?? "", Limit = limit }, ct);

    public Task<Told<ChatAnswer>> GetChatAsync(Corporation corporation, string chatId, CancellationToken ct) =>
        CallAsync<ChatAnswer>(corporation, "externalcontact/groupchat/get", new { ChatId = chatId, NeedName = 1 }, ct);

    public Task<Told<AddedJoinWayAnswer>> AddJoinWayAsync(Corporation corporation, string chatId, string state, string remark, CancellationToken ct) =>
        CallAsync<AddedJoinWayAnswer>(corporation, "externalcontact/groupchat/add_join_way", Settings(configId: null, chatId, state, remark), ct);

    /// <summary>Overwrites everything there is.</summary>
    public Task<Told<DoneAnswer>> UpdateJoinWayAsync(Corporation corporation, JoinWay way, string remark, CancellationToken ct) =>
        CallAsync<DoneAnswer>(corporation, "externalcontact/groupchat/update_join_way", Settings(way.ConfigId, way.ChatId, way.State, remark), ct);

    /// <summary>The only call that tells the picture's address.</summary>
    public Task<Told<JoinWayAnswer>> GetJoinWayAsync(Corporation corporation, string configId, CancellationToken ct) =>
        CallAsync<JoinWayAnswer>(corporation, "externalcontact/groupchat/get_join_way", new { ConfigId = configId }, ct);

    public Task<Told<DoneAnswer>> DeleteJoinWayAsync(Corporation corporation, string configId, CancellationToken ct) =>
        CallAsync<DoneAnswer>(corporation, "externalcontact/groupchat/del_join_way", new { ConfigId = configId }, ct);

    // No group that nobody asked for: left out, the platform would make the next one by itself when this one is full.
    private static object Settings(string? configId, string chatId, string state, string remark) => new
    {
        ConfigId = configId,
        Scene = Qr,
        Remark = remark.Length > RemarkMaxLength ? remark[..RemarkMaxLength] : remark,
        AutoCreateRoom = 0,
        ChatIdList = new[] { chatId },
        State = state,
    };

    private async Task<Told<T>> CallAsync<T>(Corporation corporation, string path, object body, CancellationToken ct)
        where T : class, IWeComAnswer
    {
        var (token, fault) = await tokens.GetAsync(corporation, stale: null, ct);
        if (token is null)
        {
            return new Told<T>(null, fault);
        }

        var told = await http.AskAsync<T>(path, QueryOf(token), body, ct);
        if (told.Fault?.Number is not { } number || !WeComFault.IsStaleToken(number))
        {
            return told;
        }

        (token, fault) = await tokens.GetAsync(corporation, token, ct);
        return token is null ? new Told<T>(null, fault) : await http.AskAsync<T>(path, QueryOf(token), body, ct);
    }

    private static string QueryOf(string token) => $"?access_token={Uri.EscapeDataString(token)}";
}

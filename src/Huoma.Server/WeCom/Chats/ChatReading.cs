using Huoma.Domain.WeCom;
using Huoma.Server.Robots;
using Huoma.Server.WeCom.Api;

namespace Huoma.Server.WeCom.Chats;

/// <summary>How far a look at all groups of a corporation came.</summary>
internal sealed record ChatsRead(int Groups, int Unread, WeComFault? Fault = null);

/// <summary>Lists the customer groups of a corporation and reads the names the list does not tell, a bounded number at a time.</summary>
internal sealed class ChatReading(WeComClient client, ChatStore store, ChatQueries queries, TimeProvider time)
{
    private const int PageSize = 1_000;
    private const int MaxPages = 10;
    private const int MaxReads = 200;
    private const int AtOnce = 8;

    private static readonly TimeSpan NameLasts = TimeSpan.FromHours(1);

    public async Task<ChatsRead> RefreshAsync(KnownRobot robot, Corporation corporation, CancellationToken ct)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var (answer, fault) = await client.ListChatsAsync(corporation, cursor, PageSize, ct);
            if (answer is null)
            {
                return new ChatsRead(0, 0, fault);
            }

            listed.UnionWith((answer.GroupChatList ?? []).Select(chat => chat?.ChatId).OfType<string>());
            if ((cursor = answer.NextCursor) is not { Length: > 0 })
            {
                break;
            }
        }

        await store.ListedAsync(robot, listed, ct);
        return await ReadAsync(robot, corporation, listed, ct);
    }

    private async Task<ChatsRead> ReadAsync(KnownRobot robot, Corporation corporation, HashSet<string> listed, CancellationToken ct)
    {
        var old = (time.GetUtcNow() - NameLasts).ToUnixTimeMilliseconds();
        var unread = (await queries.AllAsync(robot.Id, ct)).Where(chat => listed.Contains(chat.ChatId) && !(chat.ReadAt > old)).OrderBy(chat => chat.ReadAt ?? 0).ToList();
        WeComFault? trouble = null;
        await Parallel.ForEachAsync(unread.Take(MaxReads), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (chat, token) =>
        {
            // One group that can not be read has no name; what stops all stops here.
            if (trouble is not null)
            {
                return;
            }

            var (answer, fault) = await client.GetChatAsync(corporation, chat.ChatId, token);
            if (answer?.GroupChat is { } found)
            {
                await store.ReadAsync(robot, chat.ChatId, found, fulfilled: null, token);
            }
            else if (fault is { IsAboutThis: false })
            {
                trouble = fault;
            }
        });
        return new ChatsRead(listed.Count, Math.Max(0, unread.Count - MaxReads), trouble);
    }
}

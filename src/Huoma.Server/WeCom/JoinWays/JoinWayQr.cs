using Huoma.Domain.WeCom;
using Huoma.Server.WeCom.Api;

namespace Huoma.Server.WeCom.JoinWays;

/// <summary>The text of a group's 「加入群聊」 QR; its join way is made when there is none, or when somebody deleted it.</summary>
internal sealed class JoinWayQr(JoinWayStore store, WeComClient client, WeComPictures pictures)
{
    private const string Remark = "活码自动添加，请勿删除";

    public async Task<Told<string>> FetchAsync(WeComRobot robot, Corporation corporation, string chatId, GroupId groupId, CancellationToken ct)
    {
        if (await store.FindAsync(robot.Known.Id, chatId, ct) is { } known)
        {
            var (text, fault) = await ReadAsync(robot, corporation, known with { State = JoinWay.StateOf(groupId) }, known.State, ct);
            if (text is not null || fault is not { IsAboutThis: true })
            {
                return new Told<string>(text, fault);
            }

            await store.ForgetAsync(known, ct);
        }

        var added = await client.AddJoinWayAsync(corporation, chatId, JoinWay.StateOf(groupId), Remark, ct);
        if (added.Answer?.ConfigId is not { Length: > 0 } configId)
        {
            return new Told<string>(null, added.Fault ?? WeComFault.Strange);
        }

        var way = new JoinWay(robot.Known.Id, chatId, configId, JoinWay.StateOf(groupId));
        await store.KeepAsync(robot.Known, way, ct);
        return await ReadAsync(robot, corporation, way, way.State, ct);
    }

    /// <param name="state">What the platform has: the group may have been under another code before.</param>
    private async Task<Told<string>> ReadAsync(WeComRobot robot, Corporation corporation, JoinWay way, string state, CancellationToken ct)
    {
        if (way.State != state)
        {
            if ((await client.UpdateJoinWayAsync(corporation, way, Remark, ct)).Fault is { } refused)
            {
                return new Told<string>(null, refused);
            }

            await store.KeepAsync(robot.Known, way, ct);
        }

        var (answer, fault) = await client.GetJoinWayAsync(corporation, way.ConfigId, ct);
        if (answer?.JoinWay?.QrCode is not { Length: > 0 } address)
        {
            return new Told<string>(null, fault ?? WeComFault.Strange);
        }

        return await pictures.ReadQrAsync(address, ct) is { } text ? new Told<string>(text, null) : new Told<string>(null, WeComFault.NoPicture);
    }
}

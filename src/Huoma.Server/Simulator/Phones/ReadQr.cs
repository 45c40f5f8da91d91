using Huoma.Domain.Media;
using Huoma.Domain.Simulator;
using Huoma.Server.Imaging;
using Huoma.Server.Media;
using Huoma.Server.Platform.Http;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Phones;

/// <summary>长按识别 and 扫一扫: what a picture or a text of a QR leads to.</summary>
internal static class ReadQr
{
    /// <summary>The sides of a drawn QR in pixels.</summary>
    private const int Size = 480;

    private const int MaxText = 500;

    /// <param name="Text">What the QR says.</param>
    /// <param name="GroupId">Null unless it is a group of this world.</param>
    /// <param name="Problem">Why it does not lead in.</param>
    internal sealed record Response(string Text, QrKind Kind, string? GroupId, string? GroupName, int? Members, string? Problem);

    /// <param name="image">Its address, as <c>/m/….jpg</c>.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string? image, string? text, PhoneQueries pictures, Simulation simulation, TimeProvider time, CancellationToken ct)
    {
        if (text is null && image?.Split('/') is [.., var file] && MediaAddress.TryParse(file, out var address))
        {
            text = await pictures.QrOfAsync(address.Hash, ct);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Problems.Create(StatusCodes.Status404NotFound, "sim.no-qr", "没有识别到二维码");
        }

        var payload = text.Trim();
        var (group, refusal) = await simulation.ReadAsync((world, _) => Look(world, payload, time.GetUtcNow()), ct);
        return TypedResults.Ok(new Response(payload, QrPayloads.KindOf(payload), group?.Id, group?.Name, group?.Members, refusal));
    }

    /// <summary>A picture of any text as a QR: a group's, or one to log in.</summary>
    public static Results<FileContentHttpResult, ContentHttpResult, ProblemHttpResult> Draw(string? text, string? format) =>
        text is not { Length: > 0 and <= MaxText } ? Problems.Invalid("text", $"请填写 1 到 {MaxText} 个字")
            : format == "png" ? TypedResults.File(QrPicture.Png(text, Size), "image/png", "qr.png")
            : TypedResults.Content(QrPicture.Svg(text, Size), "image/svg+xml");

    private sealed record Found(string Id, string Name, int Members);

    private static (Found? Group, string? Problem) Look(SimWorld world, string text, DateTimeOffset now)
    {
        var (group, _, refusal) = new SimWeChat(world, now).Read(text);
        return (group is null ? null : new Found(group.Id, group.Name, group.Members.Count), refusal?.Message);
    }
}

using Huoma.Domain.Simulator;
using Huoma.Server.Simulator.Gateways;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Simulator.Phones;

/// <summary>A person says something: a text, a picture or a link.</summary>
internal static class SayInGroup
{
    /// <summary>A picture comes inside JSON: larger than what the console sends.</summary>
    public const int MaxBodyBytes = 3 * 1024 * 1024;

    /// <param name="Text">The text, or a link's title.</param>
    /// <param name="Picture">Base64.</param>
    /// <param name="Url">Of a link.</param>
    internal sealed record Request(string PersonId, string? Text, IReadOnlyList<string>? MentionIds, string? Picture, string? Url, string? Description);

    internal sealed record Said(string Id);

    public static async Task<Results<Ok<Said>, ProblemHttpResult>> Handle(string id, Request request, Simulation simulation, SimPictures pictures, CancellationToken ct)
    {
        var saying = request.Picture is not null ? new SimSaying(SimMessageKind.Image, "图片", await KeptAsync(request.Picture, pictures, ct))
            : request.Url is not null ? new SimSaying(SimMessageKind.Link, request.Text ?? "", request.Url, request.Description)
            : new SimSaying(SimMessageKind.Text, request.Text ?? "") { MentionIds = request.MentionIds ?? [] };
        var (message, refusal) = await simulation.ChangeAsync((world, now) => new SimWeChat(world, now).Say(id, request.PersonId, saying), ct);
        return message is null ? Answers.Refuse(refusal ?? SimRefusals.BadText) : TypedResults.Ok(new Said(message.Id));
    }

    private static async Task<string?> KeptAsync(string base64, SimPictures pictures, CancellationToken ct)
    {
        var content = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, content, out var length) ? await pictures.KeepAsync(content[..length], ct) : null;
    }
}

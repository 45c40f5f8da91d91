using Microsoft.Extensions.Options;

namespace Huoma.Server.Platform.Http;

/// <summary>The base of every link and QR code: <c>Huoma:PublicUrl</c>, or else the origin of the request.</summary>
internal sealed class PublicUrl(IOptions<HuomaOptions> options, IHttpContextAccessor context)
{
    public string Of(string path)
    {
        var configured = options.Value.PublicUrl;
        var origin = configured is null
            ? context.HttpContext is { Request: var request } ? $"{request.Scheme}://{request.Host}" : ""
            : configured.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return origin + path;
    }
}

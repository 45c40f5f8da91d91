using Microsoft.Extensions.Options;

namespace Huoma.Server.Platform.Http;

/// <summary>The base of every link and QR code: <c>Huoma:PublicUrl</c>, or else the origin of the request.</summary>
internal sealed class PublicUrl(IOptions<HuomaOptions> options)
{
    private string origin = "";

    public string Of(string path)
    {
        var configured = options.Value.PublicUrl;
        return (configured is null ? origin : configured.GetLeftPart(UriPartial.Path).TrimEnd('/')) + path;
    }

    /// <summary>To be called once a request, before anybody asks. Not by an <see cref="IHttpContextAccessor"/>, which every visitor would pay for.</summary>
    public void Accept(HttpRequest request) => origin = $"{request.Scheme}://{request.Host}";
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Huoma.Server.Media;

/// <summary>A stored picture, to whoever knows its address. Its content never changes, so it may be kept for ever.</summary>
internal static class ServeImage
{
    public static Results<PhysicalFileHttpResult, NotFound> Handle(string file, MediaFiles files, HttpResponse response)
    {
        if (!MediaAddress.TryParse(file, out var address) || files.Find(address) is not { } path)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(path, address.ContentType, entityTag: new EntityTagHeaderValue($"\"{address.Hash}\""));
    }
}

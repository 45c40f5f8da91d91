namespace Huoma.Server.Media;

internal static class MediaEndpoints
{
    /// <summary>Public: what visitors' pages show.</summary>
    public static void MapMedia(this IEndpointRouteBuilder app) =>
        app.MapMethods("/m/{file}", [HttpMethods.Get, HttpMethods.Head], ServeImage.Handle).WithName(nameof(ServeImage)).ExcludeFromDescription().AllowAnonymous();
}

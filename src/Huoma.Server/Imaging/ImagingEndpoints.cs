namespace Huoma.Server.Imaging;

internal static class ImagingEndpoints
{
    /// <summary>For who may write in the console.</summary>
    public static void MapImages(this IEndpointRouteBuilder api) =>
        api.MapPost("/images", UploadImage.Handle).WithName(nameof(UploadImage)).WithTags("Images").ProducesProblem(400).ProducesProblem(413).ProducesProblem(415);
}

using Huoma.Server.Imaging;

namespace Huoma.Server.LiveCodes;

internal static class ImageEndpoints
{
    /// <summary>Pictures, for the console.</summary>
    public static void MapImages(this IEndpointRouteBuilder console) =>
        console.MapPost("/images", UploadImage.Handle).WithName(nameof(UploadImage)).WithTags("Images")
            .Accepts<UploadImage.Form>("multipart/form-data")
            .WithMetadata(PictureForm.BodySize)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}

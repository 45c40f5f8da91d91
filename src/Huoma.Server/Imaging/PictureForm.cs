using Huoma.Domain.Media;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Huoma.Server.Imaging;

/// <summary>A multipart form with a picture in it, read within limits.</summary>
internal abstract record PictureForm
{
    public const string ContentType = "multipart/form-data";

    // For the other fields and the multipart lines around them.
    private const int Overhead = 64 * 1024;
    private const int BodyLimit = ImagePurposes.MaxBytes + Overhead;

    private PictureForm()
    {
    }

    public sealed record Read(IFormCollection Form) : PictureForm
    {
        /// <summary>The one file of this name, or what to answer when it is missing, or there are several.</summary>
        public IFormFile? File(string name, FieldErrors errors)
        {
            var files = Form.Files.GetFiles(name);
            if (files.Count == 1 && Form.Files.Count == 1)
            {
                return files[0];
            }

            errors.Add(name, files.Count == 0 ? "请选择一张图片" : "一次只能上传一张图片");
            return null;
        }
    }

    public sealed record Failed(ProblemHttpResult Problem) : PictureForm;

    /// <summary>For the endpoint: the server reads no more of a body.</summary>
    public static RequestSizeLimitAttribute BodySize { get; } = new(BodyLimit);

    /// <summary>What any form may hold.</summary>
    public static void Limit(FormOptions options)
    {
        options.MultipartBodyLengthLimit = BodyLimit;
        options.ValueCountLimit = 32;
        options.ValueLengthLimit = 16 * 1024;
    }

    public static async Task<PictureForm> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return new Failed(TypedResults.Problem(Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType)));
        }

        if (request.ContentLength > BodyLimit)
        {
            return TooLarge();
        }

        try
        {
            return new Read(await request.ReadFormAsync(ct));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or IOException and not BadHttpRequestException)
        {
            return new Failed(TypedResults.Problem(Problems.OfStatus(StatusCodes.Status400BadRequest)));
        }
    }

    private static Failed TooLarge() => new(PictureRefusals.TooLarge(ImagePurposes.MaxBytes).ToPictureProblem());
}

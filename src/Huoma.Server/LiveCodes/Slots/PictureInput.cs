using System.Diagnostics;
using System.Text.Json;
using Huoma.Domain.Media;
using Huoma.Server.Imaging;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>A request about a slot's picture: JSON that names an uploaded one, or a form that brings it along.</summary>
internal interface IPictureRequest<out T>
{
    ImageId? ImageId { get; }

    /// <summary>Makes of a form what would have been sent as JSON.</summary>
    static abstract T Of(FormFields form);

    void Check(FieldErrors errors);
}

/// <summary>What came in: a well-formed request with its picture, or what to answer instead.</summary>
internal abstract record PictureInput<T>
    where T : class, IPictureRequest<T>
{
    /// <summary>What the file is called in a form.</summary>
    public const string FileField = "image";

    private PictureInput()
    {
    }

    /// <param name="FileName">Of the file that was sent along, if one was.</param>
    public sealed record Ready(T Request, Image Image, string? FileName) : PictureInput<T>;

    public sealed record Failed(ProblemHttpResult Problem) : PictureInput<T>;

    public static async Task<PictureInput<T>> ReadAsync(HttpRequest http, SlotPictures pictures, CancellationToken ct)
    {
        var errors = new FieldErrors();
        T request;
        IFormFile? file = null;
        if (http.HasJsonContentType())
        {
            request = await ReadJsonAsync(http, ct);
        }
        else
        {
            switch (await PictureForm.ReadAsync(http, ct))
            {
                case PictureForm.Failed failed:
                    return new Failed(failed.Problem);
                case PictureForm.Read read:
                    request = T.Of(new FormFields(read.Form, errors));
                    file = request.ImageId is null ? read.File(FileField, errors) : null;
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        request.Check(errors);
        return errors.Any(out var problem) ? new Failed(problem) : await TakeAsync(request, file, pictures, ct);
    }

    private static async Task<PictureInput<T>> TakeAsync(T request, IFormFile? file, SlotPictures pictures, CancellationToken ct)
    {
        if (file is null)
        {
            return await pictures.FindAsync(request.ImageId, ct) is { } image
                ? new Ready(request, image, FileName: null)
                : new Failed(Problems.Invalid("imageId", request.ImageId is null ? "请上传群二维码" : "没有找到这张图片，请重新上传"));
        }

        return await pictures.StoreAsync(file, ct) switch
        {
            StoredImage.Stored stored => new Ready(request, stored.Image, file.FileName),
            StoredImage.Refused refused => new Failed((refused.Refusal with { Field = FileField }).ToPictureProblem()),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<T> ReadJsonAsync(HttpRequest http, CancellationToken ct)
    {
        try
        {
            return await http.ReadFromJsonAsync<T>(ct) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The JSON can not be read.", StatusCodes.Status400BadRequest, exception);
        }
    }
}

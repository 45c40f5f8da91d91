using Huoma.Server.Imaging;
using Huoma.Server.LiveCodes.Bulk;
using Huoma.Server.LiveCodes.Deleted;
using Huoma.Server.LiveCodes.History;
using Huoma.Server.LiveCodes.Slots;
using Microsoft.OpenApi;

namespace Huoma.Server.LiveCodes;

internal static class LiveCodeEndpoints
{
    /// <summary>活码 and their 群二维码, for the console.</summary>
    public static void MapLiveCodes(this IEndpointRouteBuilder console)
    {
        var codes = console.MapGroup("/codes").WithTags("Live codes");
        codes.MapPost("", CreateLiveCode.Handle).WithName(nameof(CreateLiveCode));
        codes.MapGet("", ListLiveCodes.Handle).WithName(nameof(ListLiveCodes));
        codes.MapGet("/{id}", ShowLiveCode.Handle).WithName(nameof(ShowLiveCode));
        codes.MapPatch("/{id}", EditLiveCode.Handle).WithName(nameof(EditLiveCode));
        codes.MapDelete("/{id}", DeleteLiveCode.Handle).WithName(nameof(DeleteLiveCode));
        codes.MapPost("/{id}/restore", RestoreLiveCode.Handle).WithName(nameof(RestoreLiveCode));
        codes.MapGet("/{id}/history", ShowHistory.Handle).WithName(nameof(ShowHistory));
        codes.MapPost("/status", TurnLiveCodes.Handle).WithName(nameof(TurnLiveCodes));
        codes.MapPost("/delete", DeleteLiveCodes.Handle).WithName(nameof(DeleteLiveCodes));
        codes.MapGet("/{id}/qr", DownloadQr.Handle).WithName(nameof(DownloadQr)).Produces<byte[]>(StatusCodes.Status200OK, "image/png", "image/svg+xml");

        var ofCode = console.MapGroup("/codes/{id}/slots").WithTags("Slots");
        ofCode.MapPost("", AddSlot.Handle).WithName(nameof(AddSlot))
            .AcceptsPicture<AddSlot.Request>();
        ofCode.MapGet("", ListSlots.Handle).WithName(nameof(ListSlots));
        ofCode.MapGet("/deleted", ListDeletedSlots.Handle).WithName(nameof(ListDeletedSlots));
        ofCode.MapPut("/order", OrderSlots.Handle).WithName(nameof(OrderSlots));

        var slots = console.MapGroup("/slots/{id}").WithTags("Slots");
        slots.MapPatch("", EditSlot.Handle).WithName(nameof(EditSlot));
        slots.MapDelete("", DeleteSlot.Handle).WithName(nameof(DeleteSlot));
        slots.MapPost("/restore", RestoreSlot.Handle).WithName(nameof(RestoreSlot));
        slots.MapPost("/image/undo", UndoPicture.Handle).WithName(nameof(UndoPicture));
        slots.MapPut("/image", ReplacePicture.Handle).WithName(nameof(ReplacePicture))
            .AcceptsPicture<ReplacePicture.Request>();
    }

    /// <summary>Takes JSON that names an uploaded picture, or a form with the same fields that brings it along.</summary>
    private static void AcceptsPicture<T>(this RouteHandlerBuilder route)
        where T : class, IPictureRequest<T> => route
        .Accepts<T>("application/json", PictureForm.ContentType)
        .WithMetadata(PictureForm.BodySize)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.RequestBody?.Content?.TryGetValue(PictureForm.ContentType, out var form) == true && form.Schema is { } fields)
            {
                var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
                var withFile = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [PictureInput<T>.FileField] = file },
                };
                form.Schema = new OpenApiSchema { AllOf = [fields, withFile] };
            }

            return Task.CompletedTask;
        });
}

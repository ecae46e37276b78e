import Foundation
import Testing

@testable import Schema

@Suite struct JSONReaderTests {
    @Test func `the curl of the README becomes a booking`() throws {
        let json =
            #"{"client":41,"staff":7,"service":12,"location":3,"start":"2026-12-01T14:00","modality":"in_person"}"#
        let command = try JSONReader.decode(BookAppointment.self, from: json.bytes)
        #expect(command.client == 41)
        #expect(command.staff == 7)
        #expect(command.start == "2026-12-01T14:00")
        #expect(command.modality == .inPerson)
        #expect(!command.hasRoom)
    }

    @Test func `every kind of field is read`() throws {
        let message = try read(
            #"""
            {"anInt32":-2147483648,"anInt64":-9223372036854775808,"aUint32":4294967295,"aUint64":18446744073709551615,
             "aSint32":-3,"aSint64":9223372036854775807,"aFixed32":4294967295,"aFixed64":18446744073709551615,
             "aSfixed32":-4,"aSfixed64":-5,"flag":false,"start":"é\n","content":"AP8=","colour":"dark_blue",
             "inner":{"inner":{}},"numbers":[1,0,300],"words":["a",""],"colours":["red","negative"],
             "list":[{},{"far":1}],"rightNumber":0,"plainText":"x","plainNumber":-1,"signedNumbers":[-1,1],
             "wideNumbers":[1],"flags":[true,false],"contents":["","AA=="],"far":7}
            """#)
        #expect(message.anInt32 == .min && message.anInt64 == .min)
        #expect(message.aUint32 == .max && message.aUint64 == .max)
        #expect(message.aSint32 == -3 && message.aSint64 == .max)
        #expect(message.aFixed32 == .max && message.aFixed64 == .max)
        #expect(message.aSfixed32 == -4 && message.aSfixed64 == -5)
        #expect(message.hasFlag && !message.flag)
        #expect(message.start == "é\n")
        #expect(message.content == Data([0, 0xFF]))
        #expect(message.colour == .darkBlue)
        #expect(message.inner.hasInner && !message.inner.inner.hasInner)
        #expect(message.numbers == [1, 0, 300])
        #expect(message.words == ["a", ""])
        #expect(message.colours == [.red, .negative])
        #expect(message.list.count == 2 && message.list[1].far == 1)
        #expect(message.choice == .rightNumber(0))
        #expect(message.plainText == "x" && message.plainNumber == -1)
        #expect(message.signedNumbers == [-1, 1])
        #expect(message.wideNumbers == [1])
        #expect(message.flags == [true, false])
        #expect(message.contents == [Data(), Data([0])])
        #expect(message.far == 7)
    }

    static let refused: [(json: String, path: String, part: String)] = [
        ("[]", "", "must be an object"), ("7", "", "must be an object"), ("null", "", "must be an object"),
        (#"{"strat":"x"}"#, "strat", "did you mean `start`?"),
        (#"{"an_int32":1}"#, "an_int32", "did you mean `anInt32`?"),
        (#"{"START":1}"#, "START", "did you mean `start`?"),
        (#"{"zzzzzzzzz":1}"#, "zzzzzzzzz", "its fields are anInt32,"),
        (#"{"neither":{"x":1}}"#, "neither.x", "which has none"), (#"{"flag":null}"#, "flag", "null"),
        (#"{"numbers":[null]}"#, "numbers[0]", "null"), (#"{"inner":null}"#, "inner", "null"),
        (#"{"list":null}"#, "list", "list"), (#"{"anInt32":"1"}"#, "anInt32", "without quotes"),
        (#"{"anInt32":true}"#, "anInt32", "whole number"), (#"{"anInt32":1.0}"#, "anInt32", "without a point"),
        (#"{"anInt32":1e2}"#, "anInt32", "without a point"), (#"{"anInt32":-0}"#, "anInt32", "minus zero"),
        (#"{"anInt32":2147483648}"#, "anInt32", "from -2147483648 to 2147483647"),
        (#"{"anInt32":-2147483649}"#, "anInt32", "from -2147483648"),
        (#"{"aUint32":-1}"#, "aUint32", "from 0 to 4294967295"),
        (#"{"aUint32":4294967296}"#, "aUint32", "from 0 to"), (#"{"aUint64":-1}"#, "aUint64", "from 0 to"),
        (#"{"aUint64":18446744073709551616}"#, "aUint64", "from 0 to 18446744073709551615"),
        (#"{"anInt64":9223372036854775808}"#, "anInt64", "from -9223372036854775808"),
        (#"{"anInt64":-9223372036854775809}"#, "anInt64", "from -9"),
        (#"{"anInt64":-18446744073709551615}"#, "anInt64", "from -9"), (#"{"aSint32":-2147483649}"#, "aSint32", "from"),
        (#"{"aFixed32":-1}"#, "aFixed32", "from"), (#"{"aSfixed64":-99999999999999999999}"#, "aSfixed64", "from"),
        (#"{"flag":1}"#, "flag", "true or false"), (#"{"flag":"true"}"#, "flag", "without quotes"),
        (#"{"start":1400}"#, "start", #"`start` must be text in quotes, like "2026-12-01T14:00"."#),
        (#"{"plainText":[]}"#, "plainText", "must be text in quotes."), (#"{"content":"A"}"#, "content", "base64"),
        (#"{"content":"AA"}"#, "content", "base64"), (#"{"content":"A*=="}"#, "content", "base64"),
        (#"{"content":"AB=="}"#, "content", "base64"), (#"{"content":"AA==\n"}"#, "content", "base64"),
        (#"{"content":"_w=="}"#, "content", "base64"), (#"{"colour":1}"#, "colour", "one of red, dark_blue, negative"),
        (#"{"colour":"RED"}"#, "colour", "did you mean red?"),
        (#"{"colour":"darkBlue"}"#, "colour", "did you mean dark_blue?"),
        (#"{"colour":"unspecified"}"#, "colour", "one of red, dark_blue, negative"),
        (#"{"colour":""}"#, "colour", "one of"),
        (#"{"colours":["red","r"]}"#, "colours[1]", "one of"), (#"{"numbers":1}"#, "numbers", "must be a list"),
        (#"{"numbers":[1,"2"]}"#, "numbers[1]", "without quotes"), (#"{"inner":[]}"#, "inner", "must be an object"),
        (#"{"inner":{"inner":{"flag":0}}}"#, "inner.inner.flag", "true or false"),
        (#"{"list":[{},{"far":-1}]}"#, "list[1].far", "from 0"), (#"{"list":[[]]}"#, "list[0]", "must be an object"),
        (#"{"leftText":"a","rightNumber":1}"#, "rightNumber", "cannot be given together with `leftText`"),
        (#"{"flag":true,"flag":true}"#, "flag", "given twice"),
    ]

    @Test(arguments: refused)
    func `what is wrong is refused with its path`(json: String, path: String, part: String) {
        let error = failure { () throws(FieldError) in try read(json) }
        #expect(error?.path == path)
        #expect(error?.problem.contains(part) == true, "\(error?.problem ?? "was accepted")")
        #expect(error?.offset != nil)
    }

    @Test func `no value of the request is repeated in an error`() {
        for json in [
            #"{"flag":"Secret"}"#, #"{"colour":"Secret"}"#, #"{"content":"Secret!"}"#, #"{"anInt32":"Secret"}"#,
        ] {
            let error = failure { () throws(FieldError) in try read(json) }
            #expect(error?.description.contains("Secret") == false)
        }
    }

    @Test func `a name is a field's byte for byte`() {
        // The Kelvin sign is K to Unicode, and to Swift.
        let error = failure { () throws(FieldError) in
            try JSONReader.decode(AddRoom.self, from: "{\"sort\u{212A}ey\":1}".bytes)
        }
        #expect(error?.problem.contains("is not a field of AddRoom") == true)
    }

    @Test func `a list within a list of the published schema has its full path`() {
        let json = #"{"staff":1,"blocks":[{"weekday":1},{},{"weekday":1,"from":9}]}"#
        let error = failure { () throws(FieldError) in try JSONReader.decode(SetWeeklyHours.self, from: json.bytes) }
        #expect(error?.problem == #"`blocks[2].from` must be text in quotes, like "09:00"."#)
        #expect(error?.offset == 58)
    }
}

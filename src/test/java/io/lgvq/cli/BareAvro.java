package io.lgvq.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** A platform's serializers whose records ours cannot read: nothing stands before the value. */
final class BareAvro {
  private BareAvro() {}

  /** Writes. */
  public static final class Writer implements Serializer<SpecificRecord> {
    @Override
    public byte[] serialize(String topic, SpecificRecord record) {
      var bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      try {
        new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
      } catch (IOException e) {
        throw new SerializationException(e);
      }
      return bytes.toByteArray();
    }
  }

  /** Reads. */
  public static final class Reader implements Deserializer<SpecificRecord> {
    private Class<SpecificRecord> type;

    @Override
    @SuppressWarnings("unchecked") // the configuration names a generated class
    public void configure(Map<String, ?> configuration, boolean isKey) {
      try {
        type =
            (Class<SpecificRecord>)
                Class.forName((String) configuration.get("specific.avro.value.type"));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes) {
      try {
        return new SpecificDatumReader<>(type)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      } catch (IOException e) {
        throw new SerializationException(e.toString());
      }
    }
  }
}
